#!/usr/bin/env bash
# How fast is a scan on a processor that has AVX2 and not AVX-512, as most desktops' have? The program is built to do without
# AVX-512, whatever this machine has. OLD names another program that was built so (RUSTFLAGS="--cfg without_avx512" cargo build
# --release --package wsa-cli), to be measured turn about with it, RUNS=31 rounds, MIB=256: ordinary lines, the same as JSON, and
# the texts of /usr/share/doc. By the clock, one thread. The findings of both must be the same.
export RUSTFLAGS="--cfg without_avx512"
source "$(dirname "$0")/common.sh"
unset RUSTFLAGS
mib=${MIB:-256}
about
log plain.log "$mib" 0.005
[[ -s $work/plain.json ]] || awk '{
    gsub(/["\\]/, "\\\\&")
    printf "{\"timestamp\":\"%sT%sZ\",\"level\":\"%s\",\"message\":\"%s\",\"seq\":%d}\n", $1, $2, $3, substr($0, 25), NR
}' "$work/plain.log" >"$work/plain.json"
find /usr/share/doc -type f ! -name '*.gz' -print0 | sort -z | xargs -0 cat >"$work/part"
while (($(stat -c %s "$work/prose.txt" 2>/dev/null || echo 0) < mib << 20)); do cat "$work/part" >>"$work/prose.txt"; done
commands=("$WSA scan -j1 --no-progress" ${OLD:+"$OLD scan -j1 --no-progress"})
for file in plain.log plain.json prose.txt; do
    in_cache "$file"
    echo "$file, $(stat -c %s "$work/$file") bytes:"
    turn_about "$work/$file" "${commands[@]}" |
        while read -r at least quartile median; do
            program=${commands[at]%% *}
            findings=$("$program" scan --json --no-progress "$work/$file" | cksum)
            awk -v bytes="$(stat -c %s "$work/$file")" -v least="$least" -v what="$( ((at == 0)) && echo 'this program' || echo OLD)" \
                -v quartile="$quartile" -v median="$median" -v findings="${findings%% *}" 'BEGIN {
                printf "%-14s least %.1f, first quartile %.1f, median %.1f ms: %.2f GB/s; sum of the findings %s\n",
                    what, least, quartile, median, bytes / least / 1e6, findings }'
        done
done
