#!/bin/sh
# compare.sh DIR: makes logs in DIR, measures the library beside ripgrep and wc, prints everything.
# The pattern is the alternation that people use: the names and the numbers.
set -e
dir=$1
size=${2:-1073741824}
bin=${CARGO_TARGET_DIR:-target}/release
names='WSAE[A-Z]+|WSA(HOST_NOT_FOUND|TRY_AGAIN|NO_RECOVERY|NO_DATA|NOTINITIALISED|SYSNOTREADY|VERNOTSUPPORTED)|\b1(00[0-9][0-9]|01[01][0-9]|10[0-3][0-9])\b'
date -u; uname -sr; grep -m1 'model name' /proc/cpuinfo; uptime; rg --version | head -1
for kind in mixed errors traps; do
    [ -f "$dir/$kind.log" ] || "$bin/make-log" $kind $size "$dir/$kind.log"
    "$bin/scan-speed" "$dir/$kind.log" 3
    for mode in --mmap --no-mmap; do
        for round in 1 2 3; do
            start=$(date +%s.%N); rg -j1 $mode -c "$names" "$dir/$kind.log" > /dev/null || true; end=$(date +%s.%N)
            echo "rg -j1 $mode -c: $(echo "$end $start $(stat -c %s "$dir/$kind.log")" | awk '{printf "%.3f GB/s", $3/($1-$2)/1e9}')"
        done
    done
done
uptime
