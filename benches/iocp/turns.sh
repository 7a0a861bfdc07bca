#!/bin/sh
# Echo servers turn about in slices of some ten milliseconds, for machines whose speed changes: hand-written epoll and
# io_uring, the completion port with both drivers, registered I/O likewise, and the same with another build of the library if its folder is named.
# usage: turns.sh [TURNS [FOLDER_OF_OTHER_LIBRARY]]
set -eu
cd "$(dirname "$0")/../.."
turns=${1:-41} other=${2:-}
. benches/iocp/common.sh
cc -O2 benches/iocp/turns.c -o "$bin/turns"
about "$turns turns"
together() { # connections, bytes, milliseconds, turns
    pids='' servers=''
    for server in epoll-c:- uring-c:- port-epoll:epoll port-uring:io_uring rio-epoll:epoll rio-uring:io_uring ${other:+old-epoll:epoll old-uring:io_uring}; do
        case $server in
            epoll-c:*) command=$bin/epoll_echo ;;
            uring-c:*) command=$bin/uring_echo ;;
            rio-*) command=$bin/rio_echo ;;
            *) command=$bin/port_echo ;;
        esac
        case $server in old-*) export LD_LIBRARY_PATH="$other" ;; *) unset LD_LIBRARY_PATH ;; esac
        WARM=0.1 begin "${server#*:}" "$command"
        pids="$pids $pid" servers="$servers ${server%:*}:$port:$pid"
    done
    unset LD_LIBRARY_PATH
    sleep 0.3
    timeout 300 $first taskset -c 1 "$bin/turns" "$1" "$2" "$3" "$4" $servers || echo failed
    for pid in $pids; do end; done
}
for bytes in 64 4096; do
    together 1 $bytes 20 "$turns"
    together 64 $bytes 30 "$turns"
    together 1000 $bytes 100 $(((turns + 1) / 2))
done
uptime
