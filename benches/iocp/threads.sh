#!/bin/sh
# Two port threads beside one, on both cores with the load, where each message costs the server WORK steps besides (some
# 20 us): what a second thread gains, here and with hand-written epoll that has an instance for each thread.
# usage: threads.sh [SECONDS [ROUNDS]]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-0.3} rounds=${2:-9} FIRST_PORT=${FIRST_PORT:-9500} work=20000
. benches/iocp/common.sh
cores=0-$(($(nproc) - 1))
measure() { # name, threads, driver, program
    name=$1 threads=$2
    CORES=$cores begin "$3" "$4" 4096 "$threads" $work
    printf '%s\t%s\t' "$threads thread(s)" "$name" >>"$bin/raw"
    timeout 60 $first taskset -c "$cores" "$bin/load" $port 64 64 "$seconds" $pid >>"$bin/raw" || echo failed >>"$bin/raw"
    end
}
about "$rounds rounds of $seconds s; 64 connections, 64 B, $work steps of work for each message"
for round in $(seq "$rounds"); do
    for threads in 1 2; do
        measure epoll-c $threads - "$bin/epoll_echo"
        measure port-epoll $threads epoll "$bin/port_echo"
        measure port-uring $threads io_uring "$bin/port_echo"
    done
done
printf '\n== raw\n'
cat "$bin/raw"
printf '\n== medians [quartiles of the ratios]; ratios are to one thread of the same round; two port threads shall gain what two of epoll gain\n'
python3 benches/iocp/medians.py "1 thread(s)" rate,us <"$bin/raw"
judge threads
uptime
