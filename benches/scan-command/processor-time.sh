#!/usr/bin/env bash
# speed.sh for a machine that others use: processor time of one thread, the least of RUNS, user and system together.
# Three searches stand beside the scan: ripgrep with the 22 commonest names and numbers (few enough for its vectorised
# search, and blind for the others), with all of them, and with one regular expression. Needs perf and rg. MIB=256.
source "$(dirname "$0")/common.sh"
mib=${MIB:-256}
about
log plain.log "$mib" 0.005
log errors.log $((mib / 8 > 0 ? mib / 8 : 1)) 1
measure() { # measure FILE WHAT COMMAND...
    local file=$work/$1 what=$2 ms
    shift 2
    ms=$(processor "$@" "$file")
    awk -v ms="$ms" -v bytes="$(stat -c %s "$file")" -v what="$what" 'BEGIN { printf "%9.1f ms %7.2f GB/s  %s\n", ms, bytes / ms / 1e6, what }'
}
echo "ordinary lines, $mib MiB:"
measure plain.log "adding up the bytes" "$work/sum-bytes"
measure plain.log "wsa scan" "$WSA" scan -j1 --no-progress
measure plain.log "wsa scan --json" "$WSA" scan -j1 --json --no-progress
for mode in --mmap --no-mmap; do
    measure plain.log "rg $mode, 22 names and numbers" rg -j1 $mode -c "$literals"
    measure plain.log "rg $mode, all names and numbers" rg -j1 $mode -c "$everything"
    measure plain.log "rg $mode, one expression" rg -j1 $mode -c "$names"
done
echo "nothing but errors:"
measure errors.log "wsa scan" "$WSA" scan -j1 --no-progress
measure errors.log "wsa scan --json" "$WSA" scan -j1 --json --no-progress
measure errors.log "rg, one expression" rg -j1 -c "$names"
echo "packed, $((mib / 4)) MiB of text:"
head -c $((mib * 262144)) "$work/plain.log" >"$work/part"
for tool in "gzip -6" "zstd -q -3"; do
    $tool <"$work/part" >"$work/packed"
    measure packed "${tool%% *} -dc (bytes are the packed ones)" "${tool%% *}" -dc
    measure packed "wsa scan of it" "$WSA" scan -j1 --no-progress
done
measure part "wsa scan of the text" "$WSA" scan -j1 --no-progress
