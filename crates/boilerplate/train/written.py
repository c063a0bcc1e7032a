"""Texts made of the pieces in written/, which were written for this project in 32 languages: articles, asks of outlets to
their readers, news and letters that come near to asks, and other residue."""
import collections, json, os, re

HERE = os.path.dirname(os.path.abspath(__file__))
# Text of the article, an ask, or what may be either.
TEXT, ASK, ANY = 1, 2, 3
# An ask stands in three texts.
ASK_WEIGHT = 1 / 3


def pieces(kind):
    with open(os.path.join(HERE, "written", kind + ".jsonl"), encoding="utf8") as file:
        return [json.loads(line) for line in file]


def squeezed(text):
    return re.sub(r"\W+", "", text)


def texts():
    """Texts made of the pieces: name, kind, group, number of the set, weight, paragraphs with labels."""
    hosts, others = collections.defaultdict(list), collections.defaultdict(list)
    for row in pieces("articles"):
        hosts[row["set"], row["lang"]].append(row)
    for row in pieces("residue"):
        others[row["set"], row["lang"]].append(row)
    for kind, label in (("appeals", ASK), ("negatives", TEXT), ("residue", ANY)):
        for number, row in enumerate(pieces(kind)):
            of_set, language = row["set"], row["lang"]
            if not hosts[of_set, language]:
                continue
            places = ("start", "middle", "end") if kind == "appeals" else (row["place"],)
            for turn, place in enumerate(places):
                host = hosts[of_set, language][(number + turn) % len(hosts[of_set, language])]
                text = [(paragraph, TEXT) for paragraph in host["paragraphs"]]
                at = {"start": 0, "middle": len(text) // 2, "end": len(text)}[place]
                text[at:at] = [(paragraph, label) for paragraph in row["paragraphs"]]
                if number % 4:
                    text.insert(0, (host["title"], TEXT))
                # Other residue below every third.
                if kind != "residue" and (number + turn) % 3 == 0 and others[of_set, language]:
                    below = others[of_set, language][number % len(others[of_set, language])]
                    text += [(paragraph, ANY) for paragraph in below["paragraphs"]]
                yield f"{kind} {number} {place}", kind, f"{of_set} {language}", of_set, ASK_WEIGHT if kind == "appeals" else 1.0, text
