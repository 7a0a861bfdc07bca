#!/bin/sh
# Connections accepted per second: AcceptEx beside native accept4; server on core 0, load on core 1.
# usage: accept.sh BIN_DIR [SECONDS [ROUNDS]]
# BIN_DIR holds connect_load (cc -O2), accept_native (accept.c with -O2 -DNATIVE), accept (accept.c -O2 with this project's
# headers and -lws2_32) and, to have wine measured too, accept.exe (accept.c by mingw with -lmswsock -lws2_32).
bin=$1 seconds=${2:-2} rounds=${3:-3}
port=9300
date -u; uname -rm; nproc; uptime
measure() { # name, command...
    name=$1; shift
    port=$((port + 1))
    program=$1 how=$2; shift 2
    taskset -c 0 env "$@" $program $port $how & pid=$!
    sleep "${WARM:-0.2}"
    printf '%-22s ' "$name"
    timeout 30 taskset -c 1 "$bin/connect_load" $port "$seconds" $pid || echo failed
    kill $pid; wait $pid 2>/dev/null
}
for round in $(seq "$rounds"); do
    measure accept4 "$bin/accept_native" accept4 WSA=0
    measure accept4-epoll "$bin/accept_native" accept4-epoll WSA=0
    measure acceptex-epoll "$bin/accept" acceptex WSA_DRIVER=epoll
    measure acceptex-uring "$bin/accept" acceptex WSA_DRIVER=io_uring
    measure reuse-epoll "$bin/accept" reuse WSA_DRIVER=epoll
    measure reuse-uring "$bin/accept" reuse WSA_DRIVER=io_uring
done
if command -v wine > /dev/null && [ -e "$bin/accept.exe" ]; then
    WARM=3 measure acceptex-wine "wine $bin/accept.exe" acceptex WSA=0
fi
uptime
