#!/usr/bin/env python3
"""Chooses the stretches of four bytes that the prefilter looks for, and sorts them into eight classes.

    cargo test -p winsock-scan --lib prefilter::tests::phrases -- --ignored --nocapture > phrases.txt
    python3 make_stretches.py phrases.txt SAMPLE.log... > stretches.tsv

Every phrase needs one stretch. Few stretches that ordinary logs (the samples) do not hold are best: a greedy cover. Then
stretches move between classes as long as fewer windows of the samples fit any class.
"""
import random
import sys

from collections import Counter

random.seed(2025)
SOFT = set(range(0xC3, 0xC6)) | {0xE2, 0x27}


def fold(data):
    return bytes(byte | 0x20 for byte in data)


phrases = [bytes.fromhex(line.split("phrase ")[1].strip()) for line in open(sys.argv[1]) if "phrase " in line]
sample = b"".join(open(name, "rb").read() for name in sys.argv[2:])
folded = fold(sample)
counts = Counter(folded[at : at + 4] for at in range(0, len(folded) - 3))
frequency = {piece: count / len(folded) for piece, count in counts.items()}


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
    # A stretch costs a place in a class, and the work wherever an ordinary log holds it.
    best = min(gain, key=lambda piece: ((1 + 60_000 * frequency.get(piece, 0)) / gain[piece], piece))
    stretches.append(best)
    uncovered -= {index for index in uncovered if best in choices[index]}

# Windows of the samples, as sets: bit N of `low[place][half]` says that window N has that half there.
WINDOWS = 60_000
ALL = (1 << WINDOWS) - 1
picks = [random.randrange(len(sample) - 4) for _ in range(WINDOWS)]
low = [[0] * 16 for _ in range(4)]
high = [[0] * 16 for _ in range(4)]
for place in range(4):
    for half in range(16):
        low[place][half] = int("".join("1" if sample[at + place] & 15 == half else "0" for at in picks), 2)
        high[place][half] = int("".join("1" if sample[at + place] >> 4 == half else "0" for at in picks), 2)


def fits(members):
    if not members:
        return 0
    result = ALL
    for place in range(4):
        lows = highs = 0
        for half in {piece[place] & 15 for piece in members}:
            lows |= low[place][half]
        for half in {piece[place] >> 4 for piece in members} | {(piece[place] & ~0x20) >> 4 for piece in members}:
            highs |= high[place][half]
        result &= lows & highs
    return result


classes = [[] for _ in range(8)]
masks = [0] * 8
order = sorted(stretches)


def total(masks):
    union = 0
    for mask in masks:
        union |= mask
    return union.bit_count()


def place_best(piece):
    best = None
    for index in range(8):
        changed = fits(classes[index] + [piece])
        cost = total(masks[:index] + [changed] + masks[index + 1 :])
        if best is None or cost < best[0]:
            best = (cost, index, changed)
    _, index, changed = best
    classes[index].append(piece)
    masks[index] = changed


random.shuffle(order)
order.sort(key=lambda piece: -max(piece))
for piece in order:
    place_best(piece)
cost = total(masks)
for sweep in range(6):
    random.shuffle(order)
    for piece in order:
        home = next(index for index in range(8) if piece in classes[index])
        classes[home].remove(piece)
        masks[home] = fits(classes[home])
        place_best(piece)
    now = total(masks)
    print(f"sweep {sweep}: {len(stretches)} stretches, {now / WINDOWS:.4f} of windows", file=sys.stderr)
    if now == cost:
        break
    cost = now

print("# Made by make_stretches.py: class, stretch (folded, in hexadecimal).")
for index, members in enumerate(classes):
    for piece in sorted(members):
        print(f"{index}\t{piece.hex()}")
