"""Fits the letter-pair model by which the decoder compares guesses, and writes it as text.

python3 letters.py > ../src/decode/guess/letters.txt

With --keep N, every tenth message (by hash, the N-th tenth) is left out, so that the model can be tried on it.
"""
import collections
import hashlib
import math
import sys
import unicodedata

from texts import training_texts

# Share of what follows a letter that is left to the frequency of the second letter alone, and how many letters of
# evidence that share weighs at least.
LOOSE = 0.03
BACKOFF = 6.0
# Share of letters that no alphabet of the language holds: names, loans and other scripts.
FOREIGN = 1 / 1500
# A letter is in the alphabet of a language from this share of its letters.
RARE = 1 / 60000
# Costs are half bits, one character each.
DIGITS = "0123456789abcdefghijklmnopqrstuv"
LATIN = "abcdefghijklmnopqrstuvwxyz"
# Letters that legacy encodings write alike.
FOLD = str.maketrans({"ș": "ş", "ț": "ţ", "ی": "ي", "ک": "ك",})
SCRIPTS = {
    "Cyrillic": "be bg kk ky mk mn ru sr tg tt uk uz_Cyrl", "Greek": "el", "Hebrew": "he yi", "Arabic": "ar fa ur",
    "Thai": "th",
}
SKIP = {"hy", "ja", "ka", "ko", "zh_Hans", "zh_Hant"}


def script(language):
    return next((name for name, members in SCRIPTS.items() if language in members.split()), "Latin")


def fold(text):
    """Lower case, one code point a letter, as the decoder folds."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text).translate(FOLD)


def tones(text):
    """Vietnamese as windows-1258 writes it: the tone marks stand alone."""
    out = []
    for c in text:
        d = unicodedata.normalize("NFD", c)
        marks = [m for m in d[1:] if m in "\u0300\u0301\u0303\u0309\u0323"]
        out.append(unicodedata.normalize("NFC", "".join(m for m in d if m not in marks)) + "".join(marks))
    return "".join(out)


def is_letter(c):
    return unicodedata.category(c)[0] in "LM" and c not in "ªº"


def own_script(name):
    start = "COMBINING" if name == "Latin" else name.upper()
    return lambda c: unicodedata.name(c, "").startswith((name.upper(), start))


def fit(language, name, texts):
    singles, pairs = collections.Counter(), collections.Counter()
    ours = own_script(name)
    counts = collections.Counter(c for text in texts for c in text if is_letter(c) and ours(c))
    total = sum(counts.values())
    latin = name == "Latin"
    letters = sorted(c for c, n in counts.items() if n >= max(2, RARE * total) and not (latin and c in LATIN))
    alphabet = [" ", "?"] + (list(LATIN) if latin else []) + letters
    index = {c: n for n, c in enumerate(alphabet)}
    for text in texts:
        last = 0
        for c in text + " ":
            at = index.get(c, 1 if is_letter(c) else 0)
            if at or last:
                singles[last] += 1
                pairs[last, at] += 1
            last = at
    n = len(alphabet)
    follow = [sum(pairs[a, b] for a in range(n)) for b in range(n)]
    mass = sum(follow)
    share = [(f + 0.5) / (mass + 0.5 * n) for f in follow]
    share[1] = max(share[1] * 0.2 if not latin else 0, FOREIGN)
    rows = []
    for a in range(n):
        row = ""
        for b in range(n):
            seen = 0 if 1 in (a, b) else pairs[a, b]
            if a == 0 and b == 0:
                row += "0"
                continue
            n_a = 0 if a == 1 else singles[a]
            loose = LOOSE + (1 - LOOSE) * BACKOFF / (n_a + BACKOFF)
            p = (1 - loose) * seen / max(n_a, 1) + loose * share[b]
            row += DIGITS[min(31, max(0, round(-2 * math.log2(p))))]
        rows.append(row)
    print(f"\nlanguage {language} {name} {''.join(letters)}")
    print("\n".join(rows))


def main():
    keep = int(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None
    tenth = lambda text: int(hashlib.md5(text.encode()).hexdigest(), 16) % 10
    print("# What letter follows what, by language: made by train/letters.py, see train/README.md.")
    print("# language NAME SCRIPT LETTERS, then one row for each letter and one column for each that may follow it:")
    print("# first ' ' (no letter), then any foreign letter, then a to z where the script is Latin, then LETTERS.")
    print("# A cell is -log2 of the probability in half bits: 0 to 9, then a (5 bits) to v (15.5 bits and more).")
    for language, texts in training_texts().items():
        if language in SKIP:
            continue
        texts = [fold(text) for text in texts if keep is None or tenth(text) != keep]
        fit(language, script(language), texts)
        if language == "vi":
            fit("vi_tones", "Latin", [tones(text) for text in texts])


if __name__ == "__main__":
    main()
