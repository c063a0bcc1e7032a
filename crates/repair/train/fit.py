#!/usr/bin/env python3
"""Fits the weights of the layout's signals and writes src/layout/signals.txt.

usage: fit.py [--eval DIR] [--signals PROGRAM] [--check]
DIR is the evaluation folder that holds score_lines.py and dev/. PROGRAM is the example `signals`, built in release.
--check fits on two thirds of the sources at a time, prints what the rest scores, and writes nothing.

Texts: the lines set, whose true paragraphs are known, some of it in lower case too; the clean article bodies of the html
set, where every gap is a paragraph end, with and without blank lines; and what stands around articles in the residue set.
A gap's label is whether a true paragraph ends there.
Model: logistic regression over the cells of all tables, one weight a cell, with a quadratic penalty. Then one weight a
class of words that stand together elsewhere, and one a step of the second look, with the scores so far as offset; these are
from a fit on other sources, since what comes later must not learn to trust them more than they deserve."""
import argparse, collections, hashlib, itertools, json, os, re, subprocess, sys, tarfile, tempfile
import numpy as np, scipy.optimize, scipy.sparse

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "../src/layout/signals.txt")
MIN_COUNT = 5  # cells seen less often get no weight
MIN_SOURCES = 2  # nor do those of one article, since all its gaps are alike
PENALTY = 1.0
# Of the table of indents: it has few cells, they say much, and each is seen in many articles.
PENALTY_INDENT = 0.3
PENALTY_LENGTHS = 2.0
PENALTY_TOGETHER = 0.1
# Kinds that are learned from in lower case too, since few texts without capitals are at hand.
LOWERED = ("wrap60_flush", "wrap72_flush", "wrap80_blank", "inline_oneline", "inline_blank", "oneline")
# What a line around an article counts, in lines of an article. With less, menus are joined; with more, lines that inline
# tags broke are not.
MENU_WEIGHT = 0.4
LENGTHS = ("paragraph-before", "paragraph-after", "paragraph-joined")
TOGETHER = "seen-together"
NOT_OF_THE_FIRST_LOOK = (*LENGTHS, TOGETHER, "lone-first-line")


def unpack(data, name, folder):
    out = os.path.join(folder, name)
    if not os.path.exists(out):
        with tarfile.open(os.path.join(data, name + ".tar.xz")) as tar:
            tar.extractall(out, filter="data")
    return out


def texts(data, folder, scorer):
    """Folders of texts, and by name: source, kind, true paragraphs."""
    lines = unpack(data, "lines", folder)
    lowered = os.path.join(folder, "lowered")
    os.makedirs(lowered, exist_ok=True)
    truth = {}
    for row in map(json.loads, open(os.path.join(lines, "truth.jsonl"), encoding="utf8")):
        if row.get("only") != "hyph":
            paragraphs = [p for p in map(scorer.norm, row["paragraphs"]) if p]
            truth[row["id"]] = (str(row["src"]), row["kind"], paragraphs)
            if row["kind"] in LOWERED:
                lower_case(lines, lowered, row["id"])
                truth[row["id"] + ".low"] = (str(row["src"]), "low_" + row["kind"], [p.lower() for p in paragraphs])
    bodies = os.path.join(folder, "bodies")
    os.makedirs(bodies, exist_ok=True)
    for row in map(json.loads, open(os.path.join(unpack(data, "html", folder), "truth.jsonl"), encoding="utf8")):
        if row["dataset"] not in ("scrapinghub", "fundus"):
            continue
        paragraphs = [scorer.norm(p.replace("[...]", "")) for p in row.get("paragraphs") or re.split(r"\n\s*\n", row["text"])]
        paragraphs = [p for p in paragraphs if p and not (p.startswith("[") and p.endswith("]"))]
        for kind, separator in (("body_blank", "\n\n"), ("body_line", "\n")):
            name = f"{row['id']}.{kind}"
            truth[name] = (str(row["id"]), kind, paragraphs)
            with open(os.path.join(bodies, name + ".txt"), "w", encoding="utf8") as file:
                file.write(separator.join(paragraphs))
    return [os.path.join(lines, "docs"), lowered, bodies, menus(data, folder, truth)], truth


def menus(data, folder, truth):
    """The folder of the texts of the residue set, one for each page: that with the most lines which are not the article."""
    residue, out, best = unpack(data, "residue", folder), os.path.join(folder, "menus"), {}
    os.makedirs(out, exist_ok=True)
    for row in map(json.loads, open(os.path.join(residue, "truth.jsonl"), encoding="utf8")):
        fates = [fate for fate, *_ in row["lines"]]
        if not row["flat"] and fates.count("drop") > best.get(row["page"], (1,))[0]:
            best[row["page"]] = (fates.count("drop"), row["id"], row["domain"], fates)
    for _, name, domain, fates in best.values():
        with open(os.path.join(residue, "docs", name + ".txt"), "rb") as source, open(os.path.join(out, name + ".menu.txt"), "wb") as file:
            file.write(source.read())
        truth[name + ".menu"] = (domain, "menu", fates)
    return out


def lower_case(lines, folder, name):
    with open(os.path.join(lines, "docs", name + ".txt"), "rb") as file:
        text = file.read().decode("utf8", "replace").lower()
    with open(os.path.join(folder, name + ".low.txt"), "w", encoding="utf8", newline="") as file:
        file.write(text)


Document = collections.namedtuple("Document", "name source kind labels signals scored forced spans")


def read(program, folders, truth, scorer):
    """Runs the example over the folders and labels the gaps."""
    documents, text, gaps, name = [], "", [], None
    def close():
        if name in truth and gaps:
            documents.append(label(name, *truth[name], text, gaps, scorer))
            if truth[name][1] == "menu" and not documents[-1].scored.any():
                documents.pop()
    with subprocess.Popen([program, *folders], stdout=subprocess.PIPE, encoding="utf8") as run:
        for line in run.stdout:
            field = line.rstrip("\n").split("\t")
            if field[0] == "D":
                close(); name, gaps = field[1], []
            elif field[0] == "T":
                text = re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), field[1])
            else:
                gaps.append(field)
    close()
    return documents


def label(name, source, kind, paragraphs, text, gaps, scorer):
    encoded = text.encode()
    starts, ends = [0] + [int(gap[2]) for gap in gaps], [int(gap[1]) for gap in gaps] + [len(encoded.rstrip())]
    rest = [gap[5:] for gap in gaps], np.array([gap[3] == "0" for gap in gaps]), (np.array(starts), np.array(ends))
    if kind == "menu":
        return menu(name, source, paragraphs, encoded, gaps, *rest)
    cuts = [0] + [int(gap[1]) for gap in gaps] + [len(encoded)]
    parts = [encoded[a:b].decode() for a, b in zip(cuts, cuts[1:])]
    bounds, _ = scorer.bounds(paragraphs)
    position, _, _ = scorer.mapping(text, "\n".join(paragraphs))
    bounds, offset, labels = set(bounds), 0, []
    for part in parts[:-1]:
        offset += len(scorer.stream(part))
        labels.append(position(offset) in bounds)
    # Lower-cased texts teach what is said of such texts only; all else stands in their originals.
    teaches = lambda gap: not kind.startswith("low_") or any("uncased" in signal for signal in gap[5:])
    scored = [len(gap) > 5 and teaches(gap) for gap in gaps]
    return Document(name, source, kind, np.array(labels), rest[0], np.array(scored), *rest[1:])


def menu(name, source, fates, encoded, gaps, signals, forced, spans):
    """What is around an article on its page stands apart, line by line, unless it goes on in small letters or after a comma.
    Of the lines of the article itself this set says nothing."""
    scored = np.zeros(len(gaps), bool)
    if encoded.count(b"\n") + 1 == len(fates):
        for at, gap in enumerate(gaps):
            end, start = int(gap[1]), int(gap[2])
            before, after = (fates[encoded.count(b"\n", 0, place)] for place in (end, start))
            goes_on = encoded[start:].decode()[0].islower() or encoded[:end].endswith((b",", b"-"))
            scored[at] = len(gap) > 5 and {before, after} in ({"drop"}, {"drop", "keep"}) and not goes_on
    return Document(name, source, "menu", np.ones(len(gaps), bool), signals, scored, forced, spans)


def matrix(rows, index=None):
    """Rows of signal names as a sparse matrix, over the signals of `index` or of all that are frequent."""
    if index is None:
        count = collections.Counter(signal for row in rows for signal in row)
        index = {signal: at for at, signal in enumerate(sorted(s for s, n in count.items() if n >= MIN_COUNT))}
    pairs = [(at, index[signal]) for at, row in enumerate(rows) for signal in row if signal in index]
    i, j = np.array(pairs).T if pairs else (np.array([], int),) * 2
    return scipy.sparse.csr_matrix((np.ones(len(pairs)), (i, j)), shape=(len(rows), len(index))), index


def fit(x, y, penalty, offset=None, base=True, counts=1.0):
    offset = np.zeros(len(y)) if offset is None else offset
    xt = x.T.tocsr()
    def loss(w):
        z = offset + x @ w[:-1] + w[-1] * base
        p = 1 / (1 + np.exp(-z))
        value = -(counts * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        error = counts * (p - y)
        return value + (penalty * w[:-1] ** 2).sum() / 2, np.r_[xt @ error + penalty * w[:-1], error.sum() * base]
    return scipy.optimize.minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def of_first_look(row):
    return [signal for signal in row if not signal.startswith(NOT_OF_THE_FIRST_LOOK)]


def first_look(documents):
    rows = [of_first_look(row) for d in documents for row, on in zip(d.signals, d.scored) if on]
    y = np.concatenate([d.labels[d.scored] for d in documents]).astype(float)
    sources = collections.defaultdict(set)
    for d in documents:
        for signal in set(itertools.chain.from_iterable(row for row, on in zip(d.signals, d.scored) if on)):
            sources[signal].add(d.source)
    rows = [[signal for signal in row if len(sources[signal]) >= MIN_SOURCES] for row in rows]
    counts = np.concatenate([np.full(d.scored.sum(), MENU_WEIGHT if d.kind == "menu" else 1.0) for d in documents])
    x, index = matrix(rows)
    penalty = np.array([PENALTY_INDENT if signal.startswith("indent ") else PENALTY for signal in index])
    return fit(x, y, penalty, counts=counts), index


def scores(documents, weights, index):
    for d in documents:
        x, _ = matrix(list(map(of_first_look, d.signals)), index)
        yield np.where(d.scored, x @ weights[:-1] + weights[-1], np.where(d.forced, 9.0, -9.0))


def held_out_scores(documents):
    """First scores of each document, from a fit on the sources of the other two thirds."""
    third = [int(hashlib.md5(d.source.encode()).hexdigest(), 16) % 3 for d in documents]
    found = [None] * len(documents)
    for part in range(3):
        weights, index = first_look([d for d, t in zip(documents, third) if t != part])
        held = [at for at, t in enumerate(third) if t == part]
        for at, z in zip(held, scores([documents[at] for at in held], weights, index)):
            found[at] = z
    return found


def words_together(documents, first_scores):
    """The weights of words that stand together elsewhere, and the scores with them. Fitted like the second look, since among
    all signals they would count for little: where they are found, most of the others agree."""
    rows, y, offset, counts, place = [], [], [], [], []
    for number, (d, z) in enumerate(zip(documents, first_scores)):
        for at, row in enumerate(d.signals):
            found = [signal for signal in row if signal.startswith(TOGETHER)]
            if found and d.scored[at]:
                rows.append(found); y.append(d.labels[at]); offset.append(z[at]); place.append((number, at))
                counts.append(MENU_WEIGHT if d.kind == "menu" else 1.0)
    x, index = matrix(rows)
    weights = fit(x, np.array(y, float), PENALTY_TOGETHER, np.array(offset), base=False, counts=np.array(counts))
    found = [z.copy() for z in first_scores]
    for (number, at), added in zip(place, x @ weights[:-1]):
        found[number][at] += min(0.0, added)
    return {signal: min(0.0, weights[at]) for signal, at in index.items()}, found


PART_STEPS = (0.1, 0.3, 0.6, 1.0, 1.5, 2.5)  # as in src/layout/second_look.rs
JOINED_STEPS = (0.3, 0.6, 0.9, 1.1, 1.5, 2.0)


def length_steps(document, z):
    """For each gap that the second look is for: its number and its three steps, given first scores."""
    starts, ends = document.spans
    n = len(z)
    last = [at for at in range(n) if z[at] > 0] + [n]
    first = [0] + [at + 1 for at in last[:-1]]
    lengths = sorted(ends[b] - starts[a] for a, b in zip(first, last))
    median, long = max(1, lengths[len(lengths) // 2]), max(1, lengths[len(lengths) * 9 // 10])
    for at, row in enumerate(document.signals):
        if any(signal.startswith(LENGTHS) for signal in row):
            begin, end = max(a for a in first if a <= at), min(b for b in last if b > at)
            before, after = ends[at] - starts[begin], ends[end] - starts[at + 1]
            steps = np.digitize(before / median, PART_STEPS), np.digitize(after / median, PART_STEPS), np.digitize((before + after) / long, JOINED_STEPS)
            yield at, [f"{table} {step}" for table, step in zip(LENGTHS, steps)]


def second_look(documents, first_scores):
    """The weights of the second look and the scores with it."""
    rows, y, offset, place = [], [], [], []
    for number, (d, z) in enumerate(zip(documents, first_scores)):
        for at, steps in length_steps(d, z):
            if d.scored[at]:
                rows.append(steps); y.append(d.labels[at]); offset.append(z[at]); place.append((number, at))
    x, index = matrix(rows)
    weights = fit(x, np.array(y, float), PENALTY_LENGTHS, np.array(offset), base=False)
    found = [z.copy() for z in first_scores]
    for (number, at), added in zip(place, x @ weights[:-1]):
        found[number][at] += added
    return {signal: weights[at] for signal, at in index.items()}, found


def report(documents, all_scores):
    count = collections.defaultdict(lambda: np.zeros(5, int))
    for d, z in zip(documents, all_scores):
        # Where structure decides, no score is right or wrong, but its decision is.
        known = d.scored | (d.kind != "menu")
        found, labels = z[known] > 0, d.labels[known]
        row = [(found & labels).sum(), (found & ~labels).sum(), (~found & labels).sum(), (found == labels).all(), 1]
        count[d.kind] += row
        count["ALL"] += row
    for kind in sorted(count, key=lambda k: (k == "ALL", k)):
        tp, fp, fn, right, n = count[kind]
        print(f"{kind:22}{n:5}  F1 {200 * tp / max(1, 2 * tp + fp + fn):5.1f}  false {fp:4}  missed {fn:4}  right {100 * right / n:5.1f}")


def write(weights, index, later):
    with open(TABLE, "w", encoding="utf8") as file:
        file.write("# Weights of the signals, natural logarithms of odds: positive speaks for the end of a paragraph.\n"
                   "# Made by train/fit.py; what tables and cells mean is told in train/README.md.\n")
        file.write(f"base - {weights[-1]:.2f}\n")
        for signal, at in sorted(index.items()):
            if abs(weights[at]) >= 0.005:
                file.write(f"{signal} {weights[at]:.2f}\n")
        for signal, weight in sorted(later.items()):
            file.write(f"{signal} {weight:.2f}\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--eval", default=os.path.join(HERE, "../../../../shared/eval"))
    parser.add_argument("--signals", default=os.path.join(HERE, "../../../target/release/examples/signals"))
    parser.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "cleancopy-fit"))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, options.eval)
    import score_lines as scorer
    os.makedirs(options.work, exist_ok=True)
    folders, truth = texts(os.path.join(options.eval, "dev"), options.work, scorer)
    documents = read(options.signals, folders, truth, scorer)
    print(f"{len(documents)} documents, {sum(len(d.labels) for d in documents)} gaps", file=sys.stderr)
    first_scores = held_out_scores(documents)
    together, with_words = words_together(documents, first_scores)
    lengths, both_scores = second_look(documents, with_words)
    if options.check:
        return report(documents, both_scores)
    weights, index = first_look(documents)
    write(weights, index, {**together, **lengths})


if __name__ == "__main__":
    main()
