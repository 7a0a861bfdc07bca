#!/usr/bin/env bash
# How much faster are two threads than one? The scan and adding up the bytes, each with one thread and with two, turn about:
# a machine that is slower for a while is so for all. Ordinary lines, MIB=1024 unless given, RUNS=31 rounds; milliseconds by
# the clock, of each the least, the first quartile and the median.
source "$(dirname "$0")/common.sh"
mib=${MIB:-1024}
about
log plain.log "$mib" 0.005
commands=("$WSA scan -j1 --no-progress" "$WSA scan -j2 --no-progress" "$work/sum-bytes" "$work/sum-bytes -j2")
for ((round = 0; round <= ${RUNS:-31}; round++)); do
    for at in "${!commands[@]}"; do
        begun=$EPOCHREALTIME
        ${commands[at]} "$work/plain.log" 2>/dev/null | cat >/dev/null || true
        # The first round fills the caches.
        ((round == 0)) || echo "$at $begun $EPOCHREALTIME"
    done
done | awk '{ print $1, ($3 - $2) * 1000 }' | sort -k1,1n -k2,2n | awk '
    { times[$1, ++count[$1]] = $2 }
    function at(which, part) { return times[which, int(count[which] * part) + 1] }
    function row(what, one, two) {
        printf "%-22s least %.1f and %.1f: %.2f times; first quartile %.1f and %.1f: %.2f; median %.1f and %.1f: %.2f\n", what,
            at(one, 0), at(two, 0), at(one, 0) / at(two, 0), at(one, .25), at(two, .25), at(one, .25) / at(two, .25),
            at(one, .5), at(two, .5), at(one, .5) / at(two, .5)
    }
    END { row("wsa scan", 0, 1); row("adding up the bytes", 2, 3) }'
