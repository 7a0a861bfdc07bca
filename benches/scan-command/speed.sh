#!/usr/bin/env bash
# How fast is a scan beside ripgrep and beside adding up the bytes? By the clock; with TIMER=processor by processor time,
# for a machine that others use (processor-time.sh). Ordinary lines with 0.5% errors, a port like a code in every line,
# nothing but errors, and packed. MIB=1024 unless given. Ratios stand last in each part; ripgrep's is always the best of
# its programs (RGS) and of reading and mapping. Needs rg, and perf for processor time.
source "$(dirname "$0")/common.sh"
mib=${MIB:-1024}
timer=${TIMER:-clock}
about
for rg in "${rgs[@]}"; do "$rg" --version | head -1; done
log plain.log "$mib" 0.005
log errors.log $((mib / 8 > 0 ? mib / 8 : 1)) 1
log decoys.log $((mib / 8 > 0 ? mib / 8 : 1)) 0.005 5 1
cat "$work/plain.log" "$work/errors.log" "$work/decoys.log" >/dev/null
search() { # search FILE KEY WHAT EXPRESSION: with every ripgrep and in both ways
    local rg mode
    for rg in "${rgs[@]}"; do
        for mode in --mmap --no-mmap; do measure "$1" "$2" "$rg $mode, $3" "$rg" -j1 $mode -c "$4"; done
    done
}

echo "ordinary lines, $mib MiB ($timer):"
measure plain.log sum "adding up the bytes" "$work/sum-bytes"
measure plain.log scan "wsa scan" "$WSA" scan -j1 --no-progress
measure plain.log json "wsa scan --json" "$WSA" scan -j1 --json --no-progress
[[ $timer == processor ]] || measure plain.log two "wsa scan, two threads" "$WSA" scan -j2 --no-progress
search plain.log literals "22 names and numbers" "$literals"
search plain.log everything "all names and numbers" "$everything"
search plain.log names "one expression" "$names"
ratio scan everything "times rg with all names and numbers (the bar is 2)"
ratio scan names "times rg with one expression"
ratio scan literals "times rg with 22 of the names and numbers"
ratio scan sum "times adding up the bytes (the goal is 0.5)"
[[ $timer == processor ]] || ratio two scan "times one thread, with two (the bar is 1.8)"

echo "a port that looks like a code in every line:"
least=()
measure decoys.log scan "wsa scan" "$WSA" scan -j1 --no-progress
search decoys.log names "one expression" "$names"
ratio scan names "times rg with one expression"

echo "nothing but errors (the bar is 0.2 GB/s):"
least=()
measure errors.log scan "wsa scan" "$WSA" scan -j1 --no-progress
measure errors.log json "wsa scan --json" "$WSA" scan -j1 --json --no-progress
[[ $timer == processor ]] || measure errors.log two "wsa scan, two threads" "$WSA" scan -j2 --no-progress
search errors.log names "one expression" "$names"
ratio scan names "times rg with one expression"

echo "packed, $((mib / 4)) MiB of text (bytes are the packed ones):"
head -c $((mib * 262144)) "$work/plain.log" >"$work/part"
for tool in "gzip -6" "zstd -q -3"; do
    least=()
    $tool <"$work/part" >"$work/packed"
    measure packed unpack "${tool%% *} -dc" "${tool%% *}" -dc
    measure packed scan "wsa scan of it" "$WSA" scan -j1 --no-progress
    ratio scan unpack "times ${tool%% *} -dc"
done
