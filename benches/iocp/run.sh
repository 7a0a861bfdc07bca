#!/bin/sh
# Echo servers side by side, server on core 0, load on core 1, turn about; medians over the rounds, and ratios with the
# goals: hand-written epoll and io_uring servers, the completion port (C, this library) with both drivers, and the same
# program by mingw under wine. Then system calls per round trip and memory per idle connection.
# usage: run.sh [SECONDS [ROUNDS]]   As root every program runs with real-time priority, so that neighbours disturb less.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-1} rounds=${2:-3}
. benches/iocp/common.sh
measure() { # name, connections, bytes, driver, command...
    name=$1 connections=$2 bytes=$3; shift 3
    begin "$@"
    printf '%s\t%s\t%s\t' "$name" "$connections" "$bytes" >>"$bin/raw"
    timeout 60 $first taskset -c 1 "$bin/load" $port "$connections" "$bytes" "$seconds" $pid >>"$bin/raw" || echo failed >>"$bin/raw"
    end
}
about "$rounds rounds of $seconds s"
for round in $(seq "$rounds"); do
    for bytes in 64 4096; do
        for connections in 1 64 1000; do
            measure epoll-c $connections $bytes - "$bin/epoll_echo"
            measure port-epoll $connections $bytes epoll "$bin/port_echo"
            measure uring-c $connections $bytes - "$bin/uring_echo"
            measure port-uring $connections $bytes io_uring "$bin/port_echo"
        done
    done
done
if has x86_64-w64-mingw32-gcc && has wine; then
    x86_64-w64-mingw32-gcc -O2 benches/iocp/port_echo.c -o "$bin/port_echo.exe" -lws2_32
    # At real-time priority wine's server, a process of its own, starves.
    for connections in 1 64 1000; do first='' WARM=4 measure port-wine $connections 64 - "wine $bin/port_echo.exe"; done
fi
printf '\n== raw\n'
cat "$bin/raw"
printf '\n== medians over the rounds of the figures and of the ratios to the native server of the same round\n'
echo "goals: rate at least 0.95 of epoll-c with epoll, at least the better native one with io_uring; p99 at most 1.1"
awk -F '\t' '
    function median(list,   n, i, j, t, a) {
        n = split(list, a, " ")
        for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j - 1] + 0 > a[j] + 0; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t }
        return a[int((n + 1) / 2)]
    }
    $4 !~ /failed/ {
        split($4, part, /: |, /); split(part[2], rate, " "); split(part[4], p99, " "); split(part[5], cpu, " ")
        what = $2 "\t" $3; if (!(what in seen)) { seen[what] = 1; order[++kinds] = what }
        at = $1 "\t" what
        rates[at] = rates[at] " " rate[1]; tails[at] = tails[at] " " p99[2]; cpus[at] = cpus[at] " " cpu[2]
        now["rate", $1] = rate[1]; now["p99", $1] = p99[2]; now["cpu", $1] = cpu[2]
        native = ""
        if ($1 == "port-epoll") native = "epoll-c"
        if ($1 == "port-uring") native = now["rate", "uring-c"] > now["rate", "epoll-c"] ? "uring-c" : "epoll-c"
        if (native != "") {
            r_rate[at] = r_rate[at] " " rate[1] / now["rate", native]
            r_p99[at] = r_p99[at] " " p99[2] / now["p99", native]
            r_cpu[at] = r_cpu[at] " " cpu[2] / now["cpu", native]
        }
    }
    END {
        printf "%-12s %5s %6s %10s %9s %9s | %5s %5s %7s\n", "", "conn", "bytes", "trips/s", "p99 us", "us/trip", "rate", "p99", "us/trip"
        split("epoll-c port-epoll uring-c port-uring port-wine", names, " ")
        for (k = 1; k <= kinds; k++) for (n = 1; n <= 5; n++) {
            at = names[n] "\t" order[k]; if (!(at in rates)) continue
            ours = "port-epoll\t" order[k]; split(order[k], size, "\t"); beside = ""
            if (at in r_rate) beside = sprintf("%5.2f %5.2f %7.2f", median(r_rate[at]), median(r_p99[at]), median(r_cpu[at]))
            if (n == 5) beside = sprintf("port-epoll: %.1f times the rate, %.1f times less processor time of the program", median(rates[ours]) / median(rates[at]), median(cpus[at]) / median(cpus[ours]))
            printf "%-12s %5d %6d %10d %9d %9.2f | %s\n", names[n], size[1], size[2], median(rates[at]), median(tails[at]), median(cpus[at]), beside
        }
    }' "$bin/raw"
if has strace; then
    printf '\n== system calls per round trip (strace; a share of waits and of the accepts)\n'
    count() { # name, connections, bytes, driver, command...
        name=$1 connections=$2 bytes=$3; shift 3
        first='' begin "$@" # strace would starve behind real-time programs
        strace -f -c -U calls,name -o "$bin/calls" -p $pid & tracer=$!
        sleep 0.3
        timeout 60 taskset -c 1 "$bin/load" $port "$connections" "$bytes" 1 >/dev/null
        end; wait $tracer || true
        awk -v what="$name $connections $bytes" '$2 == "sendto" { sends = $1 }
            $2 ~ /^(sendto|recvfrom|epoll_wait|epoll_pwait|io_uring_enter|epoll_ctl|futex)$/ { all += $1; text = text " " $2 " " $1 }
            END { printf "%-22s %5.2f  %s\n", what, sends ? all / sends : 0, text }' "$bin/calls"
    }
    for connections in 1 64; do
        for bytes in 64 4096; do
            count epoll-c $connections $bytes - "$bin/epoll_echo"
            count port-epoll $connections $bytes epoll "$bin/port_echo"
            count port-uring $connections $bytes io_uring "$bin/port_echo"
        done
    done
fi
if has python3; then
    printf '\n== memory per idle connection with a pending receive; goal: under 1024 bytes besides the kernel\n'
    idle=$(($(ulimit -n) / 2 - 200)); [ $idle -gt 9000 ] && idle=9000
    for driver in epoll io_uring; do echo "$driver:"; WSA_DRIVER=$driver python3 benches/iocp/idle.py "$idle" "$bin/port_echo"; done
fi
uptime
