#!/usr/bin/env bash
# Does the cost grow with the bytes and nothing else? 1 MiB to MAX_MIB (8192), each eight times the one before. Processor
# time, user and system, the least of three runs. Needs perf, and MAX_MIB of disk and of memory that is free for its pages.
source "$(dirname "$0")/common.sh"
about
max=${MAX_MIB:-8192}
for ((mib = 1; mib <= max; mib = mib < max && mib * 8 > max ? max : mib * 8)); do
    log linear.log "$mib" 0.005
    in_cache linear.log
    ms=$(RUNS=3 processor "$WSA" scan -j1 --no-progress "$work/linear.log")
    peak=$(/usr/bin/time -f %M "$WSA" scan -j1 --no-progress "$work/linear.log" 2>&1 >/dev/null | tail -1)
    awk -v mib="$mib" -v ms="$ms" -v peak="$peak" 'BEGIN { printf "%6d MiB  %9.1f ms  %8.0f MiB/s  peak %6d KiB\n", mib, ms, mib / ms * 1000, peak }'
    # Below, starting counts as well.
    ((mib == 64 || (mib < 64 && mib == max))) && middle=$(awk -v mib="$mib" -v ms="$ms" 'BEGIN { print ms / mib }')
    rm "$work/linear.log"
    ((mib < max)) || break
done
judge "$(awk -v middle="$middle" -v ms="$ms" -v mib="$max" 'BEGIN { print ms / mib / middle }')" "times the cost of a MiB in 64 MiB, of one in $max MiB" "<=" 1.25
judge "$(awk -v peak="$peak" 'BEGIN { print peak / 1024 }')" "MiB at most in memory" "<=" 64
