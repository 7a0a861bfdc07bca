#!/usr/bin/env bash
# How fast is an audit beside a search? `wsa audit` over a source tree, and ripgrep over the same files with an
# alternation that finds the places an audit has to look at: names beginning with WSA and numbers of Winsock's range. The
# first of ripgrep's patterns is the same as the audit's own prefilter; the second is the shortest that anybody would
# type. Both count only, with and without Unicode classes. Needs hyperfine and rg. Arguments: the trees.
set -euo pipefail
cd "$(dirname "$0")/.."
wsa=${WSA:-${CARGO_TARGET_DIR:-target}/release/wsa}
[ -n "${WSA:-}" ] || cargo build --release --quiet -p wsa-cli

patterns=$(mktemp -d)
trap 'rm -r "$patterns"' EXIT
echo 'WSA|\b10[01][0-9][0-9]\b|\b110[0-3][0-9]\b|0[xX]2[7aAbB][0-9a-fA-F]{2}\b|8007 ?2[7aAbB][0-9a-fA-F]{2}|21470148[0-9]{2}|21479[0-9]{5}' >"$patterns/same"
echo 'WSA|1[01][0-9]{3}' >"$patterns/short"

date -u '+%F %T UTC'; uname -srm; grep -m1 'model name' /proc/cpuinfo; nproc; rg --version | head -1; uptime
for tree in "${@:-/usr/share/go-1.19/src}"; do
    echo "== $tree: $(find "$tree" -type f | wc -l) files, $(du -sbL "$tree" | cut -f1) bytes"
    hyperfine --shell none --warmup 2 --runs "${RUNS:-10}" --ignore-failure --output null \
        "$wsa audit --no-ignore --hidden --no-config $tree" \
        "rg -c -uu --no-unicode -f $patterns/same $tree" \
        "rg -c -uu -f $patterns/same $tree" \
        "rg -c -uu --no-unicode -f $patterns/short $tree" 2>/dev/null | sed "s#$patterns/##g; s#$wsa#wsa#g"
done
