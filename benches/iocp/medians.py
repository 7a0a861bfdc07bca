#!/usr/bin/env python3
"""Medians of measurements, and medians of their ratios to a measurement of the same round.

usage: medians.py BASE WHAT < RAW    RAW: lines NAME [TAB KEY]... TAB TEXT, round after round. BASE: the name (or its
beginning) that the others of the same keys are compared with. WHAT: which figures of TEXT, of rate, p99, us."""
import re, statistics, sys

FIGURES = {"rate": r"([\d.]+) (?:round trips|connections)/s", "p99": r"p99 (\d+) us", "us": r"([\d.]+) us(?:/RT| of the server)"}
base, wanted = sys.argv[1], sys.argv[2].split(",")
rounds = {}
for line in sys.stdin:
    name, *keys, text = line.rstrip("\n").split("\t")
    found = {what: re.search(FIGURES[what], text) for what in wanted}
    if all(found.values()):
        rounds.setdefault((tuple(keys), name), []).append({what: float(hit[1]) for what, hit in found.items()})
print(f"{'':32}" + "".join(f"{what:>10}" for what in wanted) + "  |" + "".join(f"{what:>7}" for what in wanted))
for (keys, name), own in rounds.items():
    other = rounds.get((keys, base), [])
    line = f"{name:18}{' '.join(keys):>14}" + "".join(f"{statistics.median(one[what] for one in own):10.6g}" for what in wanted)
    if name != base and other:
        pairs = list(zip(own, other))
        line += "  |" + "".join(f"{statistics.median(a[what] / b[what] for a, b in pairs if b[what]):7.2f}" for what in wanted)
    print(line)
