#!/bin/sh
# Echo servers side by side, server on core 0, load on core 1, turn about; medians over the rounds, and what of the goals is
# met: hand-written epoll and io_uring servers, the completion port (C, this library) with both drivers, and the same
# program by mingw under wine. Then system calls per round trip and memory per idle connection.
# usage: run.sh [SECONDS [ROUNDS]]   CONNECTIONS and BYTES, from the environment, choose of "1 64 1000" and "64 4096".
# As root every program runs with real-time priority, so that neighbours disturb less. Many short rounds tell more than few
# long ones: the machine changes between them, and a ratio is of one round. Each round has an order of its own, and the epoll
# server twice: what its second run has of the first is what chance makes of nothing. A round takes some 30 s.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-0.3} rounds=${2:-9} sizes=${BYTES:-64 4096} numbers=${CONNECTIONS:-1 64 1000}
. benches/iocp/common.sh
measure() { # name, connections, bytes, driver, command...
    name=$1 connections=$2 bytes=$3; shift 3
    begin "$@"
    printf '%s\t%s\t%s\t' "$name" "$connections" "$bytes" >>"$bin/raw"
    # Of wine's time its server has half: no call ends without it.
    case $name in *-wine) serving=$pid,$(pgrep -o wineserver) ;; *) serving=$pid ;; esac
    timeout 60 $first taskset -c 1 "$bin/load" $port "$connections" "$bytes" "$seconds" $serving >>"$bin/raw" || echo failed >>"$bin/raw"
    end
}
about "$rounds rounds of $seconds s"
for round in $(seq "$rounds"); do
    for bytes in $sizes; do
        for connections in $numbers; do
            # Of many connections, what some more nanoseconds a message cost the hand-written server: work.h's steps.
            slower=''
            [ $connections -lt 1000 ] || slower='epoll-c-50ns:-:epoll_echo:4096:1:60 epoll-c-200ns:-:epoll_echo:4096:1:200'
            for server in $(printf '%s\n' epoll-c:-:epoll_echo epoll-c-again:-:epoll_echo port-epoll:epoll:port_echo \
                uring-c:-:uring_echo port-uring:io_uring:port_echo $slower | shuf); do
                IFS=: read -r name driver program buffer threads steps <<EOF
$server
EOF
                measure "$name" $connections $bytes "$driver" "$bin/$program" $buffer $threads $steps
            done
        done
    done
done
if has x86_64-w64-mingw32-gcc && has wine; then
    x86_64-w64-mingw32-gcc -O2 benches/iocp/port_echo.c -o "$bin/port_echo.exe" -lws2_32
    # At real-time priority wine's server, a process of its own, starves.
    for connections in $numbers; do first='' WARM=4 measure port-wine $connections 64 - "wine $bin/port_echo.exe"; done
fi
printf '\n== raw\n'
cat "$bin/raw"
printf '\n== medians [quartiles of the ratios]; ratios are to epoll-c of the same round\n'
python3 benches/iocp/medians.py epoll-c rate,p99,us <"$bin/raw"
if has strace; then
    printf '\n== system calls per round trip (strace; a share of waits and of the accepts)\n'
    count() { # name, connections, bytes, driver, command...
        name=$1 connections=$2 bytes=$3; shift 3
        first='' begin "$@" # strace would starve behind real-time programs
        strace -f -c -U calls,name -o "$bin/calls" -p $pid 2>/dev/null & tracer=$!
        sleep 0.3
        # Not by the number of sends: the ring's are no calls.
        trips=$(timeout 60 taskset -c 1 "$bin/load" $port "$connections" "$bytes" 1 | sed -n 's/.*, \([0-9]*\) trips in all$/\1/p')
        end; wait $tracer || true
        awk -v what="$name $connections $bytes" -v trips="${trips:-0}" '
            $2 ~ /^(sendto|recvfrom|epoll_wait|epoll_pwait|io_uring_enter|epoll_ctl|futex)$/ { all += $1; text = text " " $2 " " $1 }
            END { printf "%-22s %5.2f  %s\n", what, trips ? all / trips : 0, text }' "$bin/calls" |
            tee -a "$bin/counted"
    }
    for connections in $numbers; do
        [ $connections -le 64 ] || continue # connecting would count
        for bytes in $sizes; do
            count epoll-c $connections $bytes - "$bin/epoll_echo"
            count port-epoll $connections $bytes epoll "$bin/port_echo"
            count port-uring $connections $bytes io_uring "$bin/port_echo"
        done
    done
fi
printf '\n== memory per idle connection with a pending receive\n'
idle=$(($(ulimit -n) / 2 - 200)); [ $idle -gt 9000 ] && idle=9000
for driver in epoll io_uring; do
    printf '%s: ' $driver
    WSA_DRIVER=$driver python3 benches/iocp/idle.py "$idle" "$bin/port_echo" "$bin/idle_echo"
done | tee -a "$bin/counted"
judge run
uptime
