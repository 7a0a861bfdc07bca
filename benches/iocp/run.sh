#!/bin/sh
# Echo servers side by side, server on core 0, load on core 1. usage: run.sh BIN_DIR [SECONDS [ROUNDS]]
# BIN_DIR holds load and epoll_echo (cc -O2), port_echo (the same with this project's headers and -lws2_32),
# port_echo.exe (mingw; skipped without wine) and iocp-bench (cargo build --release -p iocp-bench).
bin=$1 seconds=${2:-2} rounds=${3:-1}
port=9100
date -u; uname -rm; nproc; uptime
measure() { # name, connections, bytes, command...
    name=$1 connections=$2 bytes=$3; shift 3
    port=$((port + 1))
    taskset -c 0 "$@" $port & pid=$!
    sleep "${WARM:-0.2}"
    printf '%-12s ' "$name"
    timeout 30 taskset -c 1 "$bin/load" $port "$connections" "$bytes" "$seconds" $pid || echo failed
    kill $pid; wait $pid 2>/dev/null
}
for round in $(seq "$rounds"); do
    for bytes in 64 4096; do
        for connections in 1 64 1000; do
            measure epoll-c $connections $bytes "$bin/epoll_echo"
            measure port-epoll $connections $bytes env WSA_DRIVER=epoll "$bin/port_echo"
            measure port-uring $connections $bytes env WSA_DRIVER=io_uring "$bin/port_echo"
            measure rust-epoll $connections $bytes env WSA_DRIVER=epoll "$bin/iocp-bench"
        done
    done
done
if command -v wine > /dev/null && [ -e "$bin/port_echo.exe" ]; then
    for connections in 1 64 1000; do
        WARM=3 measure port-wine $connections 64 wine "$bin/port_echo.exe"
    done
fi
uptime
