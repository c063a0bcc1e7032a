"""Writes the code pages that encoding_rs leaves out, from the tables of the Python standard library.

python3 pages.py > ../src/decode/pages.txt
"""
import unicodedata

# The name in IANA's list of character sets where it has one, and the other names people write.
DOS = {n: f"IBM{n} cp{n} {n} csIBM{n}" for n in "437 775 850 852 855 857 860 861 862 863 864 865 869".split()}
DOS |= {"720": "cp720 IBM720 DOS-720", "737": "cp737 IBM737 DOS-737", "858": "IBM00858 cp858 IBM858", "1125": "cp1125 IBM1125 RUSCII"}
MAC = {
    "mac_latin2": "x-mac-ce mac-latin2 mac-centeuro mac-centraleurope", "mac_croatian": "x-mac-croatian mac-croatian",
    "mac_greek": "x-mac-greek mac-greek", "mac_iceland": "x-mac-icelandic mac-iceland mac-icelandic",
    "mac_romanian": "x-mac-romanian mac-romanian", "mac_turkish": "x-mac-turkish mac-turkish",
}
OTHER = {
    "kz1048": "KZ-1048 kz1048 STRK1048-2002 RK1048", "ptcp154": "PTCP154 cp154 csPTCP154 Cyrillic-Asian",
    "koi8_t": "KOI8-T koi8t", "hp_roman8": "hp-roman8 roman8 r8 csHPRoman8",
}
EBCDIC = {n: f"IBM{n} cp{n} csIBM{n}" for n in "273 424 500 1026".split()}
EBCDIC |= {"037": "IBM037 cp037 cp37 IBM37 csIBM037", "1140": "IBM01140 cp1140 IBM1140", "875": "cp875 IBM875"}


def cell(codec, byte):
    try:
        char = bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return "--"
    # The tables fill gaps with SUB, which has a place of its own.
    if char == "\x1a" and byte != 0x3F and codec == "cp875":
        return "--"
    plain = unicodedata.category(char)[0] in "LNPS"
    return char if plain else f"{ord(char):04X}"


def write(codec, names, first):
    print(f"\npage {names}")
    for row in range(first, 256, 16):
        print(" ".join(cell(codec, byte) for byte in range(row, row + 16)))


print("# Code pages that encoding_rs leaves out: bytes 80 to FF, or 00 to FF for EBCDIC, 16 to a row.")
print("# A cell is the character, its number in hex where it cannot be seen, or -- where the byte means nothing.")
print("# Made by train/pages.py from the codecs of the Python standard library, which follow the tables of unicode.org.")
for number, names in sorted(DOS.items(), key=lambda item: int(item[0])):
    write("cp" + number, names, 128)
for codec, names in [*sorted(MAC.items()), *sorted(OTHER.items())]:
    write(codec, names, 128)
for number, names in sorted(EBCDIC.items(), key=lambda item: int(item[0])):
    write("cp" + number, names, 0)
