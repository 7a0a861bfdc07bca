# What the measurements of this folder share; sourced from the repository's root by a script that has set -eu.
# Gives $bin with the programs, begin/end for a server on core 0, $first for the priority, and has for tools.
libraries=${CARGO_TARGET_DIR:-target}/release
case $libraries in /*) ;; *) libraries=$PWD/$libraries ;; esac
port=${FIRST_PORT:-9100}
bin=$(mktemp -d)
trap 'rm -r "$bin"' EXIT
has() { command -v "$1" >/dev/null || { echo "SKIPPED: $1 is not installed"; false; }; }
# As root every program runs with real-time priority, so that neighbours disturb less.
first=$(chrt -f 10 true 2>/dev/null && echo "chrt -f 10" || true)
ulimit -n "$(ulimit -Hn)"
cargo build --quiet --release -p ws2_32
for program in load epoll_echo uring_echo connect_load; do cc -O2 -pthread "benches/iocp/$program.c" -o "$bin/$program"; done
cc -O2 -DNATIVE benches/iocp/accept.c -o "$bin/accept_native"
cc -O2 -pthread -DLARGE_CONNECTIONS benches/iocp/epoll_echo.c -o "$bin/idle_echo"
for program in port_echo rio_echo accept; do
    cc -O2 -I crates/ws2_32/include "benches/iocp/$program.c" -o "$bin/$program" -L"$libraries" -lws2_32 -pthread "-Wl,-rpath,$libraries"
done
begin() { # driver, command... ; the port is put behind the program, before its other arguments
    driver=$1 program=$2; shift 2; port=$((port + 1))
    WSA_DRIVER=$driver WINEDEBUG=-all $first taskset -c "${CORES:-0}" $program $port "$@" & pid=$!
    sleep "${WARM:-0.2}"
}
end() { kill $pid 2>/dev/null || true; wait $pid 2>/dev/null || true; }
about() { date -u; uname -rm; nproc; uptime; echo "priority: ${first:-ordinary}; $*"; }
# Each goal, met or not, by what was measured: run, accept, threads or flat.
judge() {
    printf '\n== goals\n'
    touch "$bin/counted"
    { echo "######## $1.sh"; cat "$bin/raw" "$bin/counted"; } | python3 benches/iocp/goals.py -
}
