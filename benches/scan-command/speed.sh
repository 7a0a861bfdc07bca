#!/usr/bin/env bash
# How fast is a scan beside ripgrep and beside adding up the bytes? By the clock; with TIMER=processor by processor time,
# for a machine that others use (processor-time.sh). Ordinary lines with 0.5% errors, a port like a code in every line,
# nothing but errors, and packed. MIB=1024 unless given. Ratios and what they should be stand last in each part; ripgrep's
# time is always the better one of reading and mapping. Needs rg (RG= names a second one), perf for processor time, and
# vmtouch for steady figures.
source "$(dirname "$0")/common.sh"
mib=${MIB:-1024}
timer=${TIMER:-clock}
about
for rg in "${rgs[@]}"; do "$rg" --version | sed -n 1p; done
log plain.log "$mib" 0.005
log errors.log $((mib / 8 > 0 ? mib / 8 : 1)) 1
log decoys.log $((mib / 8 > 0 ? mib / 8 : 1)) 0.005 5 1
in_cache plain.log errors.log decoys.log
search() { # search FILE KEY WHAT EXPRESSION: with every ripgrep and in both ways
    local rg mode
    for rg in "${rgs[@]}"; do
        for mode in --mmap --no-mmap; do measure "$1" "$2 $rg" "$rg $mode, $3" "$rg" -j1 $mode -c "$4"; done
    done
}
beside() { # beside KEY WHAT [BAR]: the scan beside every ripgrep
    local rg
    for rg in "${rgs[@]}"; do ratio scan "$1 $rg" "times $("$rg" --version | sed -n 1p | cut -d' ' -f1,2) with $2" "${3:-}"; done
}

echo "ordinary lines, $mib MiB ($timer):"
measure plain.log sum "adding up the bytes" "$work/sum-bytes"
[[ $timer == processor ]] || measure plain.log sums "adding up the bytes, two threads" "$work/sum-bytes" -j2
measure plain.log scan "wsa scan" "$WSA" scan -j1 --no-progress
measure plain.log json "wsa scan --json" "$WSA" scan -j1 --json --no-progress
[[ $timer == processor ]] || measure plain.log two "wsa scan, two threads" "$WSA" scan -j2 --no-progress
search plain.log literals "22 names and numbers" "$literals"
search plain.log everything "all names and numbers" "$everything"
search plain.log names "one expression" "$names"
search plain.log digits "one without edges" "$digits"
beside everything "all names and numbers" 2
beside names "one expression"
beside digits "one expression without edges of words" 2
beside literals "22 of the names and numbers"
ratio scan sum "times adding up the bytes, a goal beyond the bars" 0.5
[[ $timer == processor ]] || ratio two scan "times one thread, with two" 1.8
[[ $timer == processor ]] || ratio sums sum "times one thread adding up, with two: what the machine gives"

echo "a port that looks like a code in every line:"
least=()
measure decoys.log scan "wsa scan" "$WSA" scan -j1 --no-progress
search decoys.log names "one expression" "$names"
beside names "one expression"

echo "nothing but errors:"
least=()
measure errors.log scan "wsa scan" "$WSA" scan -j1 --no-progress
measure errors.log json "wsa scan --json" "$WSA" scan -j1 --json --no-progress
[[ $timer == processor ]] || measure errors.log two "wsa scan, two threads" "$WSA" scan -j2 --no-progress
search errors.log names "one expression" "$names"
judge "$(rate scan errors.log)" "GB/s a thread" ">=" 0.2
[[ $timer == processor ]] || ratio two scan "times one thread, with two"
beside names "one expression"

echo "packed, $((mib / 4)) MiB of text (bytes are the packed ones):"
head -c $((mib * 262144)) "$work/plain.log" >"$work/part"
for tool in "gzip -6" "zstd -q -3"; do
    least=()
    $tool <"$work/part" >"$work/packed"
    measure packed unpack "${tool%% *} -dc" "${tool%% *}" -dc
    measure packed scan "wsa scan of it" "$WSA" scan -j1 --no-progress
    ratio scan unpack "times ${tool%% *} -dc"
done

echo "lines without end, $((mib / 4)) MiB:"
tr '\n' ' ' <"$work/part" >"$work/one-line.log"
measure one-line.log scan "wsa scan, one line" "$WSA" scan -j1 --no-progress
awk 'BEGIN { printf "[" } { gsub(/["\\]/, " "); printf "%s{\"time\":\"%s\",\"message\":\"%s\"}", (NR > 1 ? "," : ""), substr($0, 1, 23), substr($0, 25) } END { print "]" }' \
    "$work/part" >"$work/array.json"
measure array.json scan "wsa scan, an array of events in one line" "$WSA" scan -j1 --no-progress
