#!/usr/bin/env bash
# Does the cost grow with the bytes and nothing else? 1 MiB to MAX_MIB (8192), each eight times the one before.
source "$(dirname "$0")/common.sh"
about
for ((mib = 1; mib <= ${MAX_MIB:-8192}; mib *= 8)); do
    log linear.log "$mib" 0.005
    cat "$work/linear.log" >/dev/null
    best=$(for _ in 1 2 3; do /usr/bin/time -f '%e %M' "$WSA" scan -j1 --no-progress "$work/linear.log" 2>&1 >/dev/null; done | sort -n | head -1)
    awk -v mib="$mib" -v best="$best" 'BEGIN { split(best, b, " "); printf "%6d MiB  %8.2f s  %8.1f MiB/s  peak %6d KiB\n", mib, b[1], (b[1] > 0 ? mib / b[1] : 0), b[2] }'
    rm "$work/linear.log"
done
