#!/usr/bin/env bash
# How much faster are two threads than one? The scan and adding up the bytes, each with one thread and with two, turn about.
# Ordinary lines, MIB=1024 unless given, RUNS=31 rounds; milliseconds by the clock, of each the least, the first quartile and
# the median.
source "$(dirname "$0")/common.sh"
mib=${MIB:-1024}
about
log plain.log "$mib" 0.005
in_cache plain.log
commands=("$WSA scan -j1 --no-progress" "$WSA scan -j2 --no-progress" "$work/sum-bytes" "$work/sum-bytes -j2")
turn_about "$work/plain.log" "${commands[@]}" | awk '
    { least[$1] = $2; quartile[$1] = $3; median[$1] = $4 }
    function row(what, one, two) {
        printf "%-22s least %.1f and %.1f: %.2f times; first quartile %.1f and %.1f: %.2f; median %.1f and %.1f: %.2f\n", what,
            least[one], least[two], least[one] / least[two], quartile[one], quartile[two], quartile[one] / quartile[two],
            median[one], median[two], median[one] / median[two]
    }
    END { row("wsa scan", 0, 1); row("adding up the bytes", 2, 3) }'
