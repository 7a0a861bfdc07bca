#!/usr/bin/env bash
# What does a scan of a 1 KiB log cost, beside a bare hello-world's whole process? The bar is 1.5 times. Needs hyperfine.
source "$(dirname "$0")/common.sh"
about
awk -v mib=0.001 -v rate=0.05 -f benches/scan-command/make-log.awk >"$work/small.log"
hyperfine --shell none --ignore-failure --warmup 100 --runs "${RUNS:-1000}" --export-csv "$work/start.csv" --style none \
    "$work/hello" "$WSA --version" "$WSA scan $work/small.log" "$WSA scan --json $work/small.log" "rg -c WSA $work/small.log" >/dev/null 2>&1
# The least of the runs is what a busy machine leaves of the truth.
awk -F, 'NR == 2 { hello = $4; least = $7 }
    NR > 1 { n = $1; gsub(/[^ ]*\//, "", n)
             printf "median %7.3f ms, %5.2f times hello; least %7.3f ms, %5.2f times  %s\n", $4 * 1000, $4 / hello, $7 * 1000, $7 / least, n }' "$work/start.csv"
