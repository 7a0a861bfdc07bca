# Sourced by the others: the program, logs to measure on, and the two programs to compare with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [[ -z ${WSA:-} ]]; then
    cargo build --release --quiet --package wsa-cli
    WSA=${CARGO_TARGET_DIR:-target}/release/wsa
fi
work=${BENCH_DIR:-$(mktemp -d)}
mkdir -p "$work"
clean_up() {
    let_go
    [[ -n ${BENCH_DIR:-} ]] || rm -r "$work"
}
trap clean_up EXIT

let_go() {
    [[ -s $work/held.pid ]] || return 0
    local pid; pid=$(cat "$work/held.pid")
    kill "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
}

# in_cache NAME...: reads the files, and has vmtouch hold them in the cache until the next call if it is installed. Machines
# whose kernel looks for idle memory (DAMON) take pages of a file that is only ever read, some hundred MiB a minute, and what
# comes back comes in small folios: the same programs then took up to 1.7 times as long. So they are read anew, in order.
in_cache() {
    local files=("${@/#/$work/}")
    let_go
    if ! command -v vmtouch >/dev/null; then
        cat "${files[@]}" >/dev/null
        echo "vmtouch is not installed: nothing holds the files in the cache"
        return
    fi
    sync "${files[@]}"
    vmtouch -qe "${files[@]}"
    cat "${files[@]}" >/dev/null
    vmtouch -qdlwP "$work/held.pid" "${files[@]}"
    echo "held in the cache by vmtouch: $*"
}

# log NAME MIB RATE [PEERS] [DECOYS]: makes $work/NAME once. Large ones repeat 64 MiB.
log() {
    local file=$work/$1 mib=$2 block=$(($2 < 64 ? $2 : 64))
    [[ -s $file ]] && return
    awk -v mib="$block" -v rate="$3" -v peers="${4:-5}" -v decoys="${5:-0.02}" -f benches/scan-command/make-log.awk >"$work/block"
    for ((i = 0; i < mib; i += block)); do cat "$work/block"; done >"$file"
    rm "$work/block"
}

# What ripgrep is asked to find instead. The forms that one expression can find: names and numbers.
names='WSAE[A-Z]+|WSA_[A-Z_]+|\b1[01][0-9]{3}\b'
# The same without the edges of words, which spares the engine the most where it cannot ask for them quickly; it also finds such
# digits inside of other numbers.
digits='WSAE[A-Z]+|WSA_[A-Z_]+|10[0-9]{3}|11[0-9]{3}'
# The commonest of them, few enough for ripgrep's fastest search: several times faster, and blind for the other codes.
literals='WSAECONNRESET|WSAECONNREFUSED|WSAECONNABORTED|WSAETIMEDOUT|WSAEADDRINUSE|WSAEACCES|WSAEHOSTUNREACH|WSAENETUNREACH|WSAENOBUFS|WSAEWOULDBLOCK|WSAHOST_NOT_FOUND|10054|10061|10053|10060|10048|10013|10065|10051|10055|10035|11001'
# All of them: what a search would need that is to miss none of the names and numbers.
everything=$("$WSA" list --json | sed -n 's/^ *"code": \([0-9]\{5\}\),$/\1/p; s/^ *"name": "\(WSA[A-Z_0-9]*\)",$/\1/p' | sort -u | paste -sd'|')
# RG=/opt/rg-15/rg is compared with as well.
rgs=(rg ${RG:+"$RG"})

# processor COMMAND...: the least processor time of RUNS runs in ms; others may use the machine too.
processor() {
    for ((i = 0; i < ${RUNS:-7}; i++)); do perf stat -x';' -e task-clock -- "$@" 2>&1 >/dev/null | awk -F';' '/task-clock/ { print $1 }'; done | sort -n | head -1
}

# clock COMMAND...: the median of RUNS runs by the clock, in ms, after one more. The output goes through a pipe: a search
# that sees /dev/null may stop at the first match.
clock() {
    "$@" 2>/dev/null | cat >/dev/null || true
    for ((i = 0; i < ${RUNS:-7}; i++)); do
        local begun=$EPOCHREALTIME
        "$@" 2>/dev/null | cat >/dev/null || true
        echo "$begun $EPOCHREALTIME" | awk '{ print ($2 - $1) * 1000 }'
    done | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

# turn_about INPUT COMMAND...: the commands in turn, RUNS rounds after one more, so that a machine that is slower for a while is so
# for all. A row for each: its place, and in ms by the clock the least, the first quartile and the median.
turn_about() {
    local input=$1 round at begun
    shift
    local commands=("$@")
    for ((round = 0; round <= ${RUNS:-31}; round++)); do
        for at in "${!commands[@]}"; do
            begun=$EPOCHREALTIME
            ${commands[at]} "$input" 2>/dev/null | cat >/dev/null || true
            ((round == 0)) || echo "$at $begun $EPOCHREALTIME"
        done
    done | awk '{ print $1, ($3 - $2) * 1000 }' | sort -k1,1n -k2,2n | awk '
        { times[$1, ++count[$1]] = $2 }
        function at(which, part) { return times[which, int(count[which] * part) + 1] }
        END { for (which = 0; which in count; which++) printf "%d %.1f %.1f %.1f\n", which, at(which, 0), at(which, .25), at(which, .5) }'
}

# measure FILE KEY WHAT COMMAND...: measures by $timer, prints, and keeps the least for the key.
declare -A least
measure() {
    local file=$work/$1 key=$2 what=$3 ms
    shift 3
    ms=$($timer "$@" "$file")
    awk -v ms="$ms" -v bytes="$(stat -c %s "$file")" -v what="$what" 'BEGIN { printf "%9.1f ms %7.2f GB/s  %s\n", ms, bytes / ms / 1e6, what }'
    least[$key]=$(printf '%s\n' "$ms" ${least[$key]:-} | sort -n | head -1)
}

# ratio KEY OTHER WHAT [BAR]: how many times as fast the one is as the other, and whether that is as much as the bar.
ratio() {
    local times
    times=$(awk -v a="${least[$1]}" -v b="${least[$2]}" 'BEGIN { print b / a }')
    judge "$times" "$3" ">=" "${4:-}"
}

# judge NUMBER WHAT [>=|<= BAR]: prints a number, and whether it meets its bar.
judge() {
    awk -v number="$1" -v what="$2" -v sign="${3:-}" -v bar="${4:-}" 'BEGIN {
        verdict = bar == "" ? "" : (sign == ">=" ? number >= bar : number <= bar) ? "   met" : "   NOT MET"
        printf "%9.2f  %s%s%s\n", number, what, (bar == "" ? "" : " (the bar is " sign " " bar ")"), verdict }'
}

# rate KEY FILE: GB/s.
rate() { awk -v ms="${least[$1]}" -v bytes="$(stat -c %s "$work/$2")" 'BEGIN { print bytes / ms / 1e6 }'; }

# The floor: every byte read once and added up, in blocks of 1 MiB.
rustc --edition 2024 -O -C target-cpu=native -o "$work/sum-bytes" benches/scan-command/sum-bytes.rs
echo 'fn main() { println!("Hello, world!"); }' >"$work/hello.rs"
rustc -O -o "$work/hello" "$work/hello.rs"

about() { echo "$(date -u +%F) $(nproc) processors, $(uname -sr), $("$WSA" --version), load $(cut -d' ' -f1 /proc/loadavg)"; }
