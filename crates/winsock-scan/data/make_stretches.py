#!/usr/bin/env python3
"""Chooses the stretches of four bytes that the prefilter looks for, and sorts them into sixteen classes, twice.

    cargo test -p winsock-scan --lib prefilter::tests::phrases -- --ignored --nocapture > phrases.txt
    python3 make_stretches.py phrases.txt SAMPLE... > stretches.tsv
    python3 make_stretches.py stretches.tsv SAMPLE... > sorted.tsv

Given a table instead of phrases it keeps the stretches, and their classes by bytes, and sorts them by pairs anew.

The samples are ordinary text of several kinds, a file each, and count alike however long they are: a log of
`benches/scan` without errors and one of its traps, one of `benches/scan-command`, the same as JSON lines, package logs,
/usr/share/doc, sources in Python and Rust, a kernel's log. One kind
is not enough: what a single program's log never holds (`atio`, `ment`) may be in every line of the next.

Every phrase needs one stretch. Few stretches that ordinary text does not hold are best: a greedy cover. Then stretches
move between classes as long as fewer places of the samples fit any class: once for processors that look at lower halves
and at what pairs of neighbours mix to, once for those that look at seven bits of each byte.
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
# Sweeps end where no stretch alone can move for the better; where that is depends on the order. The best of so many is taken.
STARTS = int(os.environ.get("STARTS", "3"))
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


lines = open(sys.argv[1]).read().splitlines()
names = sys.argv[2:]


def frequencies():
    """How often each stretch stands in a sample, on average of the samples."""
    frequency = {}
    for name in names:
        folded = fold(spread(name, PART))
        counts = Counter(folded[at : at + 4] for at in range(0, len(folded) - 3))
        for piece, count in counts.items():
            frequency[piece] = frequency.get(piece, 0) + count / len(folded) / len(names)
    return frequency


def options(phrase):
    found = set()
    for at in range(len(phrase) - 3):
        piece = phrase[at : at + 4]
        if not SOFT & set(piece):
            found.add(fold(piece))
    return found


def choose(phrases):
    """A stretch for every phrase."""
    frequency = frequencies()
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
    return stretches


# Places of the samples, as sets: bit N of `low[place][half]` says that place N has that half there.
sample = b"".join(spread(name, 250_000).ljust(250_000, b"\0") for name in names)
PLACES = len(sample)
ALL = (1 << PLACES) - 1


def mixed(first, second):
    """As in `src/prefilter/buckets.rs`."""
    return ((first & 0x5F) + 1 >> 1) + (second & 0x5F) + 1 >> 1 & 15


def set_of(wanted, place, sample=sample):
    table = bytes(ord("1") if wanted(byte) else ord("0") for byte in range(256))
    return int((sample[place:] + bytes(place)).translate(table), 2)


mixtures = bytes(map(mixed, sample, sample[1:] + bytes(1)))
low = [[set_of(lambda byte: byte & 15 == half, place) for half in range(16)] for place in range(4)]
pairs = [[set_of(lambda bits: bits == value, place, mixtures) for value in range(16)] for place in range(3)]
seven = [[set_of(lambda byte: byte & 127 == value, place) for value in range(128)] for place in range(4)]


def union(sets):
    result = 0
    for one in sets:
        result |= one
    return result


def fits_pairs(members):
    """Where a class lets through what has the lower halves of its members' bytes and what their neighbours mix to."""
    result = ALL if members else 0
    for place in range(4):
        result &= union(low[place][half] for half in {piece[place] & 15 for piece in members})
    for place in range(3):
        values = {mixed(piece[place], piece[place + 1]) for piece in members}
        result &= union(pairs[place][value] for value in values)
    return result


def fits_bytes(members):
    """Where a class knows seven bits of every byte."""
    result = ALL if members else 0
    for place in range(4):
        values = {byte & 127 for piece in members for byte in (piece[place], piece[place] & ~0x20)}
        result &= union(seven[place][value] for value in values)
    return result


def sort(fits, what):
    """The class of each stretch, and how many places fit any."""
    classes = [[] for _ in range(CLASSES)]
    masks = [0] * CLASSES

    def place_best(piece):
        once = twice = 0
        for mask in masks:
            twice |= once & mask
            once |= mask
        best = None
        for index in range(CLASSES):
            others = twice | once ^ masks[index]
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
    for number in range(8):
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
    return now, {piece: index for index, members in enumerate(classes) for piece in members}


def best_sort(fits, what):
    return min((sort(fits, what) for _ in range(STARTS)), key=lambda result: result[0])[1]


rows = [line.split("\t") for line in lines if line.count("\t") == 2]
if rows:
    stretches = [bytes.fromhex(row[2]) for row in rows]
    whole = {piece: int(row[1]) for piece, row in zip(stretches, rows)}
    print(*(line for line in lines if line.startswith("#")), sep="\n")
else:
    stretches = choose([bytes.fromhex(line.split("phrase ")[1]) for line in lines if "phrase " in line])
    whole = best_sort(fits_bytes, "bytes")
    stretches.sort(key=lambda piece: (whole[piece], piece))
    print("# Made by make_stretches.py: class by pairs, class by bytes, stretch (folded, in hexadecimal).")
by_pairs = best_sort(fits_pairs, "pairs")
for piece in stretches:
    print(f"{by_pairs[piece]}\t{whole[piece]}\t{piece.hex()}")
