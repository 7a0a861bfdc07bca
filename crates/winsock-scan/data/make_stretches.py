#!/usr/bin/env python3
"""Chooses the stretches of four bytes that the prefilter looks for, and sorts them into sixteen classes, twice.

    cargo test -p winsock-scan --lib prefilter::tests::phrases -- --ignored --nocapture > phrases.txt
    python3 make_stretches.py phrases.txt SAMPLE... > stretches.tsv

The samples are ordinary text of several kinds, a file each, and count alike however long they are: a log of
`benches/scan` without errors and one of its traps, one of `benches/scan-command`, the same as JSON lines, package logs,
/usr/share/doc, sources in Python and Rust, a kernel's log. One kind
is not enough: what a single program's log never holds (`atio`, `ment`) may be in every line of the next.

Every phrase needs one stretch. Few stretches that ordinary text does not hold are best: a greedy cover. Then stretches
move between classes as long as fewer places of the samples fit any class: once for processors that look at the halves of
a byte, once for those that look at seven bits of it.
"""
import os
import random
import sys

from collections import Counter

random.seed(2025)
SOFT = set(range(0xC3, 0xC6)) | {0xE2, 0x27}
# So many stretches may be added to spare one stretch that a millionth of all places holds.
RARE = float(os.environ.get("RARE", "0.06"))
CLASSES = 16
PART = 3_000_000
PIECES = 64


def fold(data):
    return bytes(byte | 0x20 for byte in data)


def spread(name, size):
    """Pieces from all over a file: the hours of a log, one after the other, have digits of their own."""
    data = open(name, "rb").read()
    if len(data) <= size:
        return data
    piece, step = size // PIECES, (len(data) - size // PIECES) // (PIECES - 1)
    return b"".join(data[at * step :][:piece] for at in range(PIECES))


phrases = [bytes.fromhex(line.split("phrase ")[1].strip()) for line in open(sys.argv[1]) if "phrase " in line]
names = sys.argv[2:]
frequency = {}
for name in names:
    folded = fold(spread(name, PART))
    counts = Counter(folded[at : at + 4] for at in range(0, len(folded) - 3))
    for piece, count in counts.items():
        frequency[piece] = frequency.get(piece, 0) + count / len(folded) / len(names)


def options(phrase):
    found = set()
    for at in range(len(phrase) - 3):
        piece = phrase[at : at + 4]
        if not SOFT & set(piece):
            found.add(fold(piece))
    return found


choices = [options(phrase) for phrase in phrases]
uncovered = set(range(len(phrases)))
stretches = []
while uncovered:
    gain = {}
    for index in uncovered:
        for piece in choices[index]:
            gain[piece] = gain.get(piece, 0) + 1
    # A stretch costs a place in a class, and the work wherever ordinary text holds it.
    best = min(gain, key=lambda piece: ((1 + RARE * 1e6 * frequency.get(piece, 0)) / gain[piece], piece))
    stretches.append(best)
    uncovered -= {index for index in uncovered if best in choices[index]}
# What later choices made superfluous.
for piece in sorted(stretches, key=lambda piece: -frequency.get(piece, 0)):
    rest = set(stretches) - {piece}
    if all(rest & choice for choice in choices):
        stretches.remove(piece)
print("commonest:", [(p, round(1e6 * frequency.get(p, 0), 1)) for p in
      sorted(stretches, key=lambda piece: -frequency.get(piece, 0))[:12]], file=sys.stderr)

# Places of the samples, as sets: bit N of `low[place][half]` says that place N has that half there.
sample = b"".join(spread(name, 250_000).ljust(250_000, b"\0") for name in names)
PLACES = len(sample)
ALL = (1 << PLACES) - 1


def set_of(wanted, place):
    table = bytes(ord("1") if wanted(byte) else ord("0") for byte in range(256))
    return int((sample[place:] + bytes(place)).translate(table), 2)


low = [[set_of(lambda byte: byte & 15 == half, place) for half in range(16)] for place in range(4)]
high = [[set_of(lambda byte: byte >> 4 == half, place) for half in range(16)] for place in range(4)]
seven = [[set_of(lambda byte: byte & 127 == value, place) for value in range(128)] for place in range(4)]


def union(sets):
    result = 0
    for one in sets:
        result |= one
    return result


def fits_halves(members):
    """Where a class lets through what has the lower half of one member's byte, the upper half of another's."""
    result = ALL if members else 0
    for place in range(4):
        lows = {piece[place] & 15 for piece in members}
        highs = {byte >> 4 for piece in members for byte in (piece[place], piece[place] & ~0x20)}
        result &= union(low[place][half] for half in lows) & union(high[place][half] for half in highs)
    return result


def fits_bytes(members):
    """Where a class knows seven bits of every byte."""
    result = ALL if members else 0
    for place in range(4):
        values = {byte & 127 for piece in members for byte in (piece[place], piece[place] & ~0x20)}
        result &= union(seven[place][value] for value in values)
    return result


def sort(fits, what):
    classes = [[] for _ in range(CLASSES)]
    masks = [0] * CLASSES

    def place_best(piece):
        best = None
        for index in range(CLASSES):
            others = union(masks[:index] + masks[index + 1 :])
            changed = fits(classes[index] + [piece])
            cost = (others | changed).bit_count()
            if best is None or cost < best[0]:
                best = (cost, index, changed)
        _, index, changed = best
        classes[index].append(piece)
        masks[index] = changed
        return best[0]

    order = sorted(stretches)
    random.shuffle(order)
    order.sort(key=lambda piece: -max(piece))
    for piece in order:
        place_best(piece)
    cost = None
    for number in range(6):
        random.shuffle(order)
        for piece in order:
            home = next(index for index in range(CLASSES) if piece in classes[index])
            classes[home].remove(piece)
            masks[home] = fits(classes[home])
            now = place_best(piece)
        print(f"{what}, sweep {number}: {len(stretches)} stretches, {now / PLACES:.5f} of places", file=sys.stderr)
        if now == cost:
            break
        cost = now
    return {piece: index for index, members in enumerate(classes) for piece in members}


halves = sort(fits_halves, "halves")
whole = sort(fits_bytes, "bytes")
print("# Made by make_stretches.py: class by halves of bytes, class by bytes, stretch (folded, in hexadecimal).")
for piece in sorted(stretches, key=lambda piece: (whole[piece], piece)):
    print(f"{halves[piece]}\t{whole[piece]}\t{piece.hex()}")
