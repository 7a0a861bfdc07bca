// The length that getsockopt returns for a BOOL option.
//
// rule: SO_KEEPALIVE, SO_DONTROUTE and TCP_NODELAY return 1 byte; SO_BROADCAST, SO_REUSEADDR, SO_DEBUG 4.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 1201-1232, validated on Windows
// expect: SO_KEEPALIVE 1
// expect: SO_DONTROUTE 1
// expect: TCP_NODELAY 1
// expect: SO_REUSEADDR 4
// expect: SO_OOBINLINE 4
// expect: SO_BROADCAST 4
#include "case.h"

static int length_of(SOCKET s, int level, int option)
{
    int value = 0, length = sizeof value;
    must(getsockopt(s, level, option, (char *)&value, &length) == 0, "getsockopt");
    return length;
}

int main(void)
{
    SOCKET s;
    start();
    s = tcp();
    printf("SO_KEEPALIVE %d\n", length_of(s, SOL_SOCKET, SO_KEEPALIVE));
    printf("SO_DONTROUTE %d\n", length_of(s, SOL_SOCKET, SO_DONTROUTE));
    printf("TCP_NODELAY %d\n", length_of(s, IPPROTO_TCP, TCP_NODELAY));
    printf("SO_REUSEADDR %d\n", length_of(s, SOL_SOCKET, SO_REUSEADDR));
    printf("SO_OOBINLINE %d\n", length_of(s, SOL_SOCKET, SO_OOBINLINE));
    printf("SO_BROADCAST %d\n", length_of(udp(), SOL_SOCKET, SO_BROADCAST));
    return 0;
}
