#!/usr/bin/env bash
# Peak memory of a scan, whatever the input: long files, one gigantic line, a million peers, every compression, bombs.
# MIB=1024 unless given. The promise is less than 64 MiB. A row that takes longer than LIMIT seconds (120) says so.
source "$(dirname "$0")/common.sh"
mib=${MIB:-1024}
about
peak() { # peak WHAT FILE ARGS...
    local what=$1; shift
    local out; out=$(timeout "${LIMIT:-120}" /usr/bin/time -f '%M %e' "$WSA" scan --no-progress "$@" 2>&1 >/dev/null | tail -1) || true
    [[ $out =~ ^[0-9]+\ [0-9.]+$ ]] || { echo "       no end in ${LIMIT:-120} s    $what"; return; }
    awk -v out="$out" -v what="$what" 'BEGIN { split(out, o, " "); printf "%8d KiB  %7.2f s  %s%s\n", o[1], o[2], what, (o[1] < 65536 ? "" : "   NOT MET") }'
}
log plain.log "$mib" 0.005
peak "ordinary lines, $mib MiB" "$work/plain.log"
peak "the same, --json" --json "$work/plain.log"
peak "the same, --lines -C3" --lines -C3 "$work/plain.log"
for threads in 1 4 16; do peak "the same, $threads threads" -j "$threads" "$work/plain.log"; done
tr '\n' ' ' <"$work/plain.log" >"$work/one-line.log"
peak "one line of $mib MiB" "$work/one-line.log"
peak "one line of $mib MiB, standard input" - <"$work/one-line.log"
rm "$work/one-line.log"
log peers.log $((mib / 8 > 0 ? mib / 8 : 1)) 1 16000000
peak "errors only, each against another peer" "$work/peers.log"
for tool in "gzip -1" "zstd -q -1" "zstd -q -19 --long=25" "xz -1" "xz -9" "bzip2 -1"; do
    head -c $((mib * 1048576 / 16)) "$work/plain.log" >"$work/part"
    $tool <"$work/part" >"$work/packed"
    peak "$tool, $((mib / 16)) MiB of text" "$work/packed"
done
head -c 4G /dev/zero | zstd -q >"$work/bomb"
peak "a bomb: 4 GiB of zeros, zstd" "$work/bomb"
head -c $((mib * 262144)) "$work/plain.log" >"$work/part"
iconv -f UTF-8 -t UTF-16LE "$work/part" >"$work/utf16.log"
peak "UTF-16" "$work/utf16.log"
