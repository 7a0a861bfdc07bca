#!/bin/sh
# Whether an operation costs the same among 10,000 sockets as among few: 64 connections echo, beside them so many idle ones
# that each have a receive under way.
# usage: flat.sh [SECONDS [ROUNDS]]
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-0.3} rounds=${2:-9} FIRST_PORT=${FIRST_PORT:-9700}
. benches/iocp/common.sh
measure() { # name, idle, driver, program
    name=$1 idle=$2
    begin "$3" "$4"
    printf '%s\t%s\t' "$idle idle" "$name" >>"$bin/raw"
    timeout 60 $first taskset -c 1 "$bin/load" $port 64 64 "$seconds" $pid 0 "$idle" >>"$bin/raw" || echo failed >>"$bin/raw"
    end
}
about "$rounds rounds of $seconds s; 64 connections, 64 B"
for round in $(seq "$rounds"); do
    for idle in 0 936 9936; do
        measure epoll-c $idle - "$bin/epoll_echo"
        measure port-epoll $idle epoll "$bin/port_echo"
        measure port-uring $idle io_uring "$bin/port_echo"
    done
done
printf '\n== raw\n'
cat "$bin/raw"
printf '\n== medians [quartiles of the ratios]; ratios are to no idle connection of the same round; flat, as far as native epoll is\n'
python3 benches/iocp/medians.py "0 idle" rate,us <"$bin/raw"
judge flat
uptime
