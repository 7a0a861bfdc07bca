#!/usr/bin/env python3
"""Medians of measurements, and of their ratios to a measurement of the same round, with the quartiles of those: what lies
between them is half of the rounds, so a difference smaller than that is noise.

usage: medians.py BASE WHAT < RAW    RAW: lines NAME [TAB KEY]... TAB TEXT, round after round. BASE: the name (or its
beginning) that the others of the same keys are compared with. WHAT: which figures of TEXT, of rate, p99, us."""
import re, statistics, sys

FIGURES = {"rate": r"([\d.]+) (?:round trips|connections)/s", "p99": r"p99 (\d+) us", "us": r"([\d.]+) us(?:/RT| of the server)"}


def quartiles(values):
    """First quartile, median, third quartile; of one value, that three times."""
    return statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3


def main(base, wanted):
    rounds = {}
    for line in sys.stdin:
        name, *keys, text = line.rstrip("\n").split("\t")
        found = {what: re.search(FIGURES[what], text) for what in wanted}
        if all(found.values()):
            rounds.setdefault((tuple(keys), name), []).append({what: float(hit[1]) for what, hit in found.items()})
    print(f"{'':32}" + "".join(f"{what:>10}" for what in wanted) + "  |" + "".join(f"{what:>18}" for what in wanted))
    for (keys, name), own in rounds.items():
        other = rounds.get((keys, base), [])
        line = f"{name:18}{' '.join(keys):>14}" + "".join(f"{statistics.median(one[what] for one in own):10.6g}" for what in wanted)
        if name != base and other:
            line += "  |"
            for what in wanted:
                ratios = [a[what] / b[what] for a, b in zip(own, other) if b[what]]
                line += "%6.2f [%.2f %.2f]" % tuple(quartiles(ratios)[at] for at in (1, 0, 2)) if ratios else f"{'':>18}"
        print(line)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2].split(","))
