// A BOOL option set with one byte.
//
// rule: setsockopt takes a 1-byte value for BOOL options; length 0 gives WSAEFAULT for TCP_NODELAY.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 1379, validated on Windows
// proves: setsockopt WSAEFAULT
// expect: setsockopt SO_KEEPALIVE ok
// expect: setsockopt TCP_NODELAY ok
// expect: setsockopt TCP_NODELAY empty 10014
#include "case.h"

int main(void)
{
    SOCKET s;
    char on = 1;
    start();
    s = tcp();
    result("setsockopt SO_KEEPALIVE", setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, &on, 1) != 0);
    result("setsockopt TCP_NODELAY", setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, 1) != 0);
    result("setsockopt TCP_NODELAY empty", setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &on, 0) != 0);
    return 0;
}
