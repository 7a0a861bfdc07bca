#!/bin/sh
# Every figure of the synchronous calls in one run: time beside libc with the shared and the static library, times faster
# than the same program under wine, instructions beside libc, system calls per transfer. Goals stand beside the figures.
# usage: run.sh   (CORE=1 picks the core; what needs mingw, wine, valgrind or strace is passed over aloud without them)
set -eu
cd "$(dirname "$0")/../.."
cargo build --quiet --release -p ws2_32
libraries=${CARGO_TARGET_DIR:-target}/release
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
core="taskset -c ${CORE:-1}"
build() { cc -O2 -I crates/ws2_32/include "$1" -o "$scratch/$2" $3; }
shared="-L$libraries -lws2_32 -Wl,-rpath,$libraries"
build benches/runtime/calls.c calls-shared "$shared"
build benches/runtime/calls.c calls-static "$libraries/libws2_32.a -lm -ldl -pthread"
build crates/ws2_32/tests/traced/transfers.c transfers "$shared"
has() { command -v "$1" >/dev/null || { echo "SKIPPED: $1 is not installed"; false; }; }

date -u; uname -rm; uptime
: >"$scratch/wine"
if has x86_64-w64-mingw32-gcc && has wine; then
    x86_64-w64-mingw32-gcc -O2 benches/runtime/calls.c -o "$scratch/calls.exe" -lws2_32
    # One core for the program and wine's server is their best placement.
    WINEDEBUG=-all timeout 300 $core wine "$scratch/calls.exe" | tr -d '\r' >"$scratch/wine" || echo "wine did not finish"
fi
for kind in shared static; do
    printf '\n== %s library: ns per turn (best stretch), ratio (median of adjacent stretches), times faster than wine\n' "$kind"
    $core "$scratch/calls-$kind" | awk -F '\t' '
        BEGIN { printf "%-40s %10s %10s %7s %7s %8s %s\n", "", "ws2_32", "libc", "ratio", "goal", "x wine", "" }
        FNR == NR { wine[$1] = $3; next }
        {
            by_time = $2 < 0
            goal = by_time ? sprintf("%g ns", -$2) : $2 > 0 ? $2 : "-"
            met = $2 == 0 ? "" : (by_time ? $3 <= -$2 : $5 <= $2) ? "met" : "NOT MET"
            times = wine[$1] > 0 ? sprintf("%.1f", wine[$1] / $3) : "-"
            printf "%-40s %10.2f %10.2f %7.3f %7s %8s %s\n", $1, $3, $4, by_time ? 0 : $5, goal, times, met
        }' "$scratch/wine" -
done
if has valgrind; then
    printf '\n== instructions per turn outside the kernel (callgrind), which no neighbour disturbs\n'
    collected() { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$scratch/calls-shared" "$1" "$2" "$3" 2>&1 | awk '/Collected/ { print $4 }'; }
    for name in "UDP send + recv, 1 byte" "UDP sendto + recvfrom, 1 byte" "TCP recv, would block" "UDP socket + close" \
        "TCP connect + accept + 2 closes" "select, 1000 sockets" "WSAPoll, 1000 sockets" "WSAGetLastError"; do
        for side in ours libc; do
            eval "$side=$((($(collected "$name" $side 220) - $(collected "$name" $side 20)) / 200))"
        done
        printf '%-40s %10d %10d\n' "$name" "$ours" "$libc"
    done
fi
if has strace; then
    printf '\n== system calls for 1000 each of send, recv, sendto, recvfrom that succeed; goal: one each\n'
    for mode in 0 1; do
        for turns in 0 1000; do strace -f -c -U name,calls -o "$scratch/count-$turns" "$scratch/transfers" $turns $mode; done
        echo "non-blocking: $mode"
        awk 'FNR == NR { if ($2 ~ /^[0-9]+$/) before[$1] = $2; next } $2 ~ /^[0-9]+$/ && $2 != before[$1] { print "  " $1, $2 - before[$1] }' \
            "$scratch/count-0" "$scratch/count-1000"
    done
fi
uptime
