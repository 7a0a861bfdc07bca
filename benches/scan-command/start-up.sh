#!/usr/bin/env bash
# What does a scan of a 1 KiB log cost, beside a bare hello-world's whole process? Without errors and with nothing else, for
# which the report judges, explains and draws. RUNS=1000 of each, by turns of 20, so that what else the machine does falls
# on all alike; the least of the runs is what a busy machine leaves of the truth. Needs hyperfine and jq.
source "$(dirname "$0")/common.sh"
about
awk -v mib=0.001 -v rate=0 -f benches/scan-command/make-log.awk >"$work/small-quiet.log"
awk -v mib=0.001 -v rate=1 -f benches/scan-command/make-log.awk >"$work/small-errors.log"
commands=("$work/hello" "$WSA --version" "$WSA scan $work/small-quiet.log" "$WSA scan $work/small-errors.log" "$WSA scan --json $work/small-errors.log"
    "rg -c WSA $work/small-errors.log")
for ((turn = 0; turn < ${RUNS:-1000}; turn += 20)); do
    hyperfine --shell none --ignore-failure --warmup 2 --runs 20 --export-json "$work/turn$turn.json" --style none "${commands[@]}" >/dev/null 2>&1
done
# For each command: median and least, in ms.
jq -rs '[.[].results[]] | group_by(.command)[] | {command: .[0].command, times: ([.[].times[] * 1000] | sort)} |
    [.command, (.times | .[length / 2 | floor], .[0])] | @tsv' "$work"/turn*.json >"$work/times"
read -r hello hello_least < <(awk -F'\t' -v c="${commands[0]}" '$1 == c { print $2, $3 }' "$work/times")
for command in "${commands[@]}"; do
    name=$(sed -E 's#[^ ]*/##g' <<<"$command")
    read -r median least_ms < <(awk -F'\t' -v c="$command" '$1 == c { print $2, $3 }' "$work/times")
    awk -v m="$median" -v l="$least_ms" -v h="$hello" -v hl="$hello_least" -v n="$name" \
        'BEGIN { printf "median %7.3f ms, %5.2f times hello; least %7.3f ms, %5.2f times  %s\n", m, m / h, l, l / hl, n }'
    [[ $name != "wsa scan"* ]] || verdicts+=("$(judge "$(awk -v m="$median" -v h="$hello" 'BEGIN { print m / h }')" "times hello, median of $name" "<=" 1.5)")
done
printf '%s\n' "${verdicts[@]}"
