#!/bin/sh
# Echo servers side by side, server on core 0, load on core 1. usage: run.sh BIN_DIR [SECONDS [ROUNDS]]
# BIN_DIR holds load, epoll_echo (cc -O2) and iocp-bench (cargo build --release -p iocp-bench).
bin=$1 seconds=${2:-2} rounds=${3:-1}
port=9100
date -u; uname -rm; nproc
measure() { # name, connections, bytes, command...
    name=$1 connections=$2 bytes=$3; shift 3
    port=$((port + 1))
    taskset -c 0 "$@" $port ${EXTRA:-} & pid=$!
    sleep 0.2
    printf '%-12s ' "$name"
    taskset -c 1 "$bin/load" $port "$connections" "$bytes" "$seconds" $pid
    kill $pid; wait $pid 2>/dev/null
}
for round in $(seq "$rounds"); do
    for bytes in 64 4096; do
        for connections in 1 64 1000; do
            measure epoll-c $connections $bytes "$bin/epoll_echo"
            measure port-epoll $connections $bytes env WSA_DRIVER=epoll "$bin/iocp-bench"
            measure port-uring $connections $bytes env WSA_DRIVER=io_uring "$bin/iocp-bench"
        done
    done
done
