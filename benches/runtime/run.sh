#!/bin/sh
# Time per call beside libc, with the shared and the static library, then system calls per transfer.
set -eu
cd "$(dirname "$0")/../.."
cargo build --quiet --release -p ws2_32
libraries=${CARGO_TARGET_DIR:-target}/release
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT
build() { cc -O2 -I crates/ws2_32/include "benches/runtime/$1.c" -o "$scratch/$1-$2" $3; }
build calls shared "-L$libraries -lws2_32 -Wl,-rpath,$libraries"
build calls static "$libraries/libws2_32.a -lm -ldl -pthread"
build transfers shared "-L$libraries -lws2_32 -Wl,-rpath,$libraries"
for kind in shared static; do
    echo "== $kind"
    taskset -c "${CORE:-1}" "$scratch/calls-$kind"
done
if command -v strace >/dev/null; then
    echo "== system calls for 1000 each of send, recv, sendto, recvfrom, blocking and then not"
    strace -f -c -o "$scratch/count" "$scratch/transfers-shared"
    awk 'NR <= 2 || /sendto|recvfrom|poll|fcntl/' "$scratch/count"
fi
