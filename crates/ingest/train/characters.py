"""Counts how frequent the characters of Chinese, Japanese and Korean are, and writes it as text.

python3 characters.py > ../src/decode/guess/characters.txt
"""
import collections
import hashlib
import math
import sys

from texts import training_texts

# Characters seen less often than this say nothing that their block does not.
FEWEST = 2
LANGUAGES = "zh_Hans zh_Hant ja ko".split()


def main():
    keep = int(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None
    tenth = lambda text: int(hashlib.md5(text.encode()).hexdigest(), 16) % 10
    print("# How rare a character is, by language: made by train/characters.py, see train/README.md.")
    print("# COST CHARACTERS, where the cost is -log2 of the share in half bits.")
    texts = training_texts()
    for language in LANGUAGES:
        counts = collections.Counter(
            c for text in texts[language] if keep is None or tenth(text) != keep for c in text if c > "\u2fff"
        )
        total = sum(counts.values())
        print(f"\nlanguage {language}")
        rows = collections.defaultdict(list)
        for c, n in counts.items():
            if n >= FEWEST and c < "\U00010000":
                rows[round(-2 * math.log2(n / total))].append(c)
        for cost in sorted(rows):
            print(cost, "".join(sorted(rows[cost])))


if __name__ == "__main__":
    main()
