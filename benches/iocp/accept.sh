#!/bin/sh
# Connections accepted per second: AcceptEx beside native accept4; server on core 0, load on core 1. Medians over the
# rounds, and the ratio to accept4 of the same round; then system calls for each connection.
# usage: accept.sh [SECONDS [ROUNDS]]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-0.3} rounds=${2:-9} FIRST_PORT=${FIRST_PORT:-9300}
. benches/iocp/common.sh
measure() { # name, driver, command...
    name=$1; shift
    begin "$@"
    printf '%s\t' "$name" >>"$bin/raw"
    timeout 60 $first taskset -c 1 "$bin/connect_load" $port "$seconds" $pid >>"$bin/raw" || echo failed >>"$bin/raw"
    end
}
about "$rounds rounds of $seconds s"
for round in $(seq "$rounds"); do
    measure accept4 - "$bin/accept_native" accept4
    measure accept4-epoll - "$bin/accept_native" accept4-epoll
    for driver in epoll io_uring; do
        measure acceptex-$driver $driver "$bin/accept" acceptex
        measure reuse-$driver $driver "$bin/accept" reuse
    done
done
if has x86_64-w64-mingw32-gcc && has wine; then
    x86_64-w64-mingw32-gcc -O2 benches/iocp/accept.c -o "$bin/accept.exe" -lmswsock -lws2_32
    first='' WARM=4 measure acceptex-wine - "wine $bin/accept.exe" acceptex
fi
printf '\n== raw\n'
cat "$bin/raw"
printf '\n== medians [quartiles of the ratios]; ratios are to accept4 of the same round\n'
python3 benches/iocp/medians.py accept4 rate,us <"$bin/raw"
if has perf; then
    # Not by strace: a server that it slows down finds connections waiting for which it would have had to wait.
    printf '\n== system calls for each connection (perf stat)\n'
    calls=accept4,close,epoll_wait,epoll_pwait,io_uring_enter,socket,dup3,getsockname,epoll_ctl,futex
    events=syscalls:sys_enter_$(echo $calls | sed 's/,/,syscalls:sys_enter_/g')
    count() { # name, driver, command...
        name=$1; shift
        begin "$@"
        perf stat -x, -e "$events" -o "$bin/calls" -p $pid & counter=$!
        sleep 0.2
        made=$($first taskset -c 1 "$bin/connect_load" $port 1 $pid)
        kill -INT $counter; wait $counter || true
        end
        awk -F, -v what="$name" -v made="$made" 'BEGIN { split(made, word, " "); made = word[1] }
            $1 > 0 { all += $1; sub(".*sys_enter_", "", $3); text = text sprintf(" %s %.2f", $3, $1 / made) }
            END { printf "%-18s %5.2f %s\n", what, made ? all / made : 0, text }' "$bin/calls"
    }
    count accept4-epoll - "$bin/accept_native" accept4-epoll
    count acceptex-epoll epoll "$bin/accept" acceptex
    count acceptex-io_uring io_uring "$bin/accept" acceptex
fi
judge accept
uptime
