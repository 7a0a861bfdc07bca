#!/bin/bash
# compare.sh DIR: makes logs in DIR, measures the library beside ripgrep and wc, prints everything.
# The pattern is the alternation that people use: the names and the numbers.
set -e
dir=$1
size=${2:-1073741824}
bin=${CARGO_TARGET_DIR:-target}/release
names='WSAECONNRESET|WSAECONNREFUSED|WSAECONNABORTED|WSAETIMEDOUT|WSAEADDRINUSE|WSAEACCES|WSAEHOSTUNREACH|WSAENETUNREACH|WSAENOBUFS|WSAEWOULDBLOCK|WSAHOST_NOT_FOUND|10054|10061|10053|10060|10048|10013|10065|10051|10055|10035|11001'
date -u; uname -sr; grep -m1 'model name' /proc/cpuinfo; uptime; rg --version | head -1
for kind in mixed errors traps; do
    [ -f "$dir/$kind.log" ] || "$bin/make-log" $kind $size "$dir/$kind.log"
    "$bin/scan-speed" "$dir/$kind.log" ${ROUNDS:-3}
    for mode in --mmap --no-mmap; do
        for round in 1 2 3; do
            # User and system time: others use the machine too.
            taken=$( { TIMEFORMAT='%U %S %R'; time rg -j1 $mode -c "$names" "$dir/$kind.log" > /dev/null || true; } 2>&1 )
            echo "rg -j1 $mode -c: $(echo "$taken $(stat -c %s "$dir/$kind.log")" | awk '{printf "%.3f GB/s by the clock, %.3f by processor time", $4/$3/1e9, $4/($1+$2)/1e9}')"
        done
    done
done
uptime
