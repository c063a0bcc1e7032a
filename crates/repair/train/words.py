#!/usr/bin/env python3
"""Writes src/layout/words_en.txt: the most frequent English words, which tell a word broken at a hyphen from two.

usage: words.py
Downloads the pinned wheel of symspellpy with pip and takes its frequency dictionary (see README.md for its licence)."""
import glob, hashlib, os, subprocess, sys, tempfile, zipfile

WHEEL = "symspellpy==6.10.1"
MEMBER = "symspellpy/frequency_dictionary_en_82_765.txt"
SHA256 = "68e9dc81c7e73bd7310b57e516ecaea0d8b6387ff71344a57c04174650a407a7"
N_WORDS = 30000  # half as many lose 0.3 points of the English hyphens, twice as many win 0.3
MIN_LETTERS = 3
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../src/layout/words_en.txt")


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, WHEEL], check=True)
        raw = zipfile.ZipFile(glob.glob(folder + "/*.whl")[0]).read(MEMBER)
    found = hashlib.sha256(raw).hexdigest()
    if found != SHA256:
        sys.exit(f"{MEMBER} has changed: {found}")
    frequent = [line.split()[0] for line in raw.decode("utf-8-sig").splitlines()][:N_WORDS]
    words = sorted(word for word in frequent if len(word) >= MIN_LETTERS and word.isascii() and word.isalpha())
    with open(OUT, "w", encoding="utf8", newline="\n") as file:
        file.write("".join(word + "\n" for word in words))


if __name__ == "__main__":
    main()
