#!/usr/bin/env bash
# How fast is a scan beside ripgrep's best mode (names and numbers only) and beside adding up the bytes? One and two
# threads; ordinary lines with 0.5% errors, a port like a code in every line, and nothing but errors. MIB=1024 unless given.
# Needs hyperfine and rg.
source "$(dirname "$0")/common.sh"
mib=${MIB:-1024}
about
log plain.log "$mib" 0.005
log errors.log $((mib / 8 > 0 ? mib / 8 : 1)) 1
cat "$work/plain.log" "$work/errors.log" >/dev/null
run() { hyperfine --ignore-failure --warmup 1 --runs "${RUNS:-5}" --export-csv "$work/speed.csv" --style none --output pipe "$@" >/dev/null 2>&1; }
report() { awk -F, -v bytes="$(stat -c %s "$1")" 'NR > 1 { printf "%8.3f s %8.2f GB/s  %s\n", $4, bytes / $4 / 1e9, substr($1, 1, 110) }' "$work/speed.csv"; }
echo "ordinary lines, $mib MiB (median):"
run "$work/sum-bytes $work/plain.log" \
    "$WSA scan -j1 --no-progress $work/plain.log" "$WSA scan -j2 --no-progress $work/plain.log" \
    "$WSA scan -j1 --json --no-progress $work/plain.log" \
    "rg -j1 -c --mmap '$literals' $work/plain.log" "rg -j1 -c --no-mmap '$literals' $work/plain.log" \
    "rg -c --mmap '$names' $work/plain.log" "rg -c --no-mmap '$names' $work/plain.log" "rg -c '$names' - < $work/plain.log"
report "$work/plain.log"
log decoys.log $((mib / 8 > 0 ? mib / 8 : 1)) 0.005 5 1
echo "a port that looks like a code in every line:"
run "$WSA scan -j1 --no-progress $work/decoys.log" "rg -c '$names' $work/decoys.log"
report "$work/decoys.log"
echo "nothing but errors:"
run "$WSA scan -j1 --no-progress $work/errors.log" "$WSA scan -j2 --no-progress $work/errors.log" \
    "$WSA scan -j1 --json --no-progress $work/errors.log" "rg -c '$names' $work/errors.log"
report "$work/errors.log"
