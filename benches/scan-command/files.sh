#!/usr/bin/env bash
# What does a directory of many small logs cost, FILES=20000 of 2 to 10 KiB? The scan and ripgrep, each with one thread and with
# two, turn about, RUNS=31 rounds; milliseconds by the clock, of each the least, the first quartile and the median.
source "$(dirname "$0")/common.sh"
files=${FILES:-20000}
about
log plain.log $((files * 6 / 1024 + 1)) 0.005
rm -rf "$work/many"
mkdir "$work/many"
awk -v folder="$work/many" -v files="$files" '
    left <= 0 {
        if (at) close(name)
        if (++at > files) exit
        name = sprintf("%s/%d-%d.log", folder, at % 100, at)
        left = 2048 + at * 7919 % 8192
    }
    { print > name; left -= length($0) + 1 }' "$work/plain.log"
(cd "$work/many" && for part in {0..99}; do mkdir "d$part" && mv "$part"-*.log "d$part"; done)
commands=("$WSA scan -j1 --no-progress" "$WSA scan -j2 --no-progress")
names_of=("wsa scan, one thread" "wsa scan, two threads")
for rg in "${rgs[@]}"; do
    for threads in 1 2; do
        commands+=("$rg -j$threads -c $names")
        names_of+=("$("$rg" --version | sed -n 1p | cut -d' ' -f1,2) -c, one expression, -j$threads")
    done
done
turn_about "$work/many" "${commands[@]}" |
    while read -r at least quartile median; do
        printf '%-44s least %s, first quartile %s, median %s ms\n' "${names_of[at]}" "$least" "$quartile" "$median"
    done
