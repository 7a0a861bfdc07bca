#!/usr/bin/env bash
# What does asking cost? The whole process `wsa explain 10054` beside a bare Rust hello-world, Debian's `errno` (moreutils)
# and Python's errno module: wall time, and peak memory. Needs hyperfine and GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
wsa=${CARGO_TARGET_DIR:-target}/release/wsa

hello=$(mktemp -d)
trap 'rm -r "$hello"' EXIT
echo 'fn main() { println!("Hello, world!"); }' >"$hello/hello.rs"
rustc -O -o "$hello/hello" "$hello/hello.rs"

commands=("$hello/hello" "$wsa explain 10054" "$wsa explain --json 10054" "$wsa list")
command -v errno >/dev/null && commands+=("errno 104")
command -v python3 >/dev/null && commands+=('python3 -c "import errno; errno.errorcode[104]"')
hyperfine --shell none --warmup 100 --runs 1000 --output null "${commands[@]}" 2>/dev/null | sed "s#$hello/##g; s#$wsa#wsa#g"

echo 'Peak resident memory, KiB:'
for command in "$hello/hello" "$wsa explain 10054" "$wsa explain --full 10054" "$wsa search port exhausted"; do
    # shellcheck disable=SC2086
    printf '%8s  %s\n' "$(/usr/bin/time -f %M $command 2>&1 >/dev/null | tail -1)" "$(sed "s#$hello/##; s#$wsa#wsa#" <<<"$command")"
done
