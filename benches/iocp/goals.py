#!/usr/bin/env python3
"""What the file that all.sh wrote says of each goal, or with - what a part of it measured that comes by standard input.

A goal is met or not by the median over the rounds; beside it stand the quartiles. One within them is not decided by so few
rounds on such a machine, and says so.

usage: goals.py FILE | -"""
import re, statistics, sys

from medians import quartiles

text = sys.stdin.read() if sys.argv[1] == "-" else open(sys.argv[1]).read()
part = {name: body for name, body in re.findall(r"^#{8} (\w+)\.sh\n(.*?)(?=^#{8} |\Z)", text, re.S | re.M)}
lines = {name: [line.split("\t") for line in body.splitlines() if "\t" in line] for name, body in part.items()}
median = statistics.median


def figures(name, pattern):
    """Of each line of a part, its keys and the figure that the pattern finds; in the order of the rounds."""
    found = {}
    for *keys, said in lines.get(name, []):
        if hit := re.search(pattern, said):
            found.setdefault(tuple(keys), []).append(float(hit[1]))
    return found


def ratios(own, other):
    """Own figure to the other's, round by round."""
    return [figure / base for figure, base in zip(own, other) if base]


def goal(what, values, limit, most=False):
    """One line for the goal; `values` are those of the rounds, or the only one."""
    if not values:
        return
    low, value, high = quartiles(values)
    verdict = "met    " if (value <= limit if most else value >= limit) else "NOT MET"
    spread = f" [{low:.2f} {high:.2f}]" if len(values) > 1 else ""
    doubt = "  undecided: within the quartiles" if low < limit < high else ""
    print(f"{verdict}  {what:62} {value:8.2f}{spread}  ({'at most' if most else 'at least'} {limit:g}){doubt}")


rate, tail, cpu = (figures("run", pattern) for pattern in (r"(\d+) round trips/s", r"p99 (\d+) us", r"server ([\d.]+) us"))
for connections, size in sorted({keys[1:] for keys in rate}, key=lambda keys: (int(keys[1]), int(keys[0]))):
    at = lambda name: (name, connections, size)
    where = f"{connections} connections, {size} B"
    if at("port-epoll") in rate and at("epoll-c") in rate:
        goal(f"{where}: epoll driver, rate to epoll", ratios(rate[at("port-epoll")], rate[at("epoll-c")]), 0.95)
        goal(f"{where}: epoll driver, p99 to epoll", ratios(tail[at("port-epoll")], tail[at("epoll-c")]), 1.1, most=True)
    if at("port-uring") in rate and at("uring-c") in rate:
        # Over all rounds: the greater of each round is whom the noise favoured, and of three equally fast servers whose rates
        # vary by a tenth the third has 0.95 of that.
        better = max("epoll-c", "uring-c", key=lambda name: median(rate[at(name)]))
        what = f"{where}: io_uring driver, {{}} to {better}, the better"
        goal(what.format("rate"), ratios(rate[at("port-uring")], rate[at(better)]), 1.0)
        goal(what.format("p99"), ratios(tail[at("port-uring")], tail[at(better)]), 1.1, most=True)
    if at("port-wine") in rate and at("port-epoll") in rate:
        times = [median(rate[at("port-epoll")]) / median(rate[at("port-wine")])]
        saves = [median(cpu[at("port-wine")]) / median(cpu[at("port-epoll")])]
        if connections == "1":
            goal(f"{where}: processor time of wine and its server to ours", saves, 2.5)
        else:
            goal(f"{where}: rate, times wine's", times, 12)

calls = {tuple(hit[:3]): float(hit[3]) for hit in re.findall(r"^([\w-]+) (\d+) (\d+) +([\d.]+)  ", part.get("run", ""), re.M)}
for (name, connections, size), count in calls.items():
    if name.startswith("port-") and ("epoll-c", connections, size) in calls:
        goal(f"{connections} connections, {size} B: {name}, system calls to epoll", [count / calls["epoll-c", connections, size]], 1.05, most=True)

for driver, own in re.findall(r"^(\w+): .* bytes per idle connection.* library's own (\d+)$", part.get("run", ""), re.M):
    goal(f"idle connection, {driver} driver: the library's own bytes", [int(own)], 1023, most=True)

accepts = figures("accept", r"(\d+) connections/s")
for driver in ("epoll", "io_uring"):
    if (f"acceptex-{driver}",) in accepts:
        goal(f"AcceptEx, {driver} driver: rate to accept4", ratios(accepts[f"acceptex-{driver}",], accepts["accept4",]), 0.95)

trips = figures("threads", r"(\d+) round trips/s")
gains = {name: ratios(own, trips["1 thread(s)", name]) for (threads, name), own in trips.items() if threads == "2 thread(s)"}
for name, gain in gains.items():
    if name != "epoll-c":
        both = f"({median(gain):.2f}) to that of epoll ({median(gains['epoll-c']):.2f})"
        goal(f"two threads: gain of {name} {both}", ratios(gain, gains["epoll-c"]), 0.95)

costs = figures("flat", r"server ([\d.]+) us")
growth = {keys: ratios(own, costs["0 idle", keys[1]]) for keys, own in costs.items() if keys[0] != "0 idle"}
for (idle, name), grown in growth.items():
    if name != "epoll-c":
        what = f"{idle} connections: {name} costs {median(grown):.2f} of without; to epoll"
        goal(what, ratios(grown, growth[idle, "epoll-c"]), 1.1, most=True)
