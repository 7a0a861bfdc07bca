// An option or a level that does not exist.
//
// rule: an unknown level gives WSAEINVAL, an unknown option of a known level WSAENOPROTOOPT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-getsockopt and https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-setsockopt, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 1426, validated on Windows
// proves: getsockopt setsockopt WSAEINVAL
// proves: getsockopt setsockopt WSAENOPROTOOPT
// expect: getsockopt level 10022
// expect: setsockopt level 10022
// expect: getsockopt option 10042
// expect: setsockopt option 10042
#include "case.h"

int main(void)
{
    SOCKET s;
    int value = 1, length = sizeof value;
    start();
    s = tcp();
    result("getsockopt level", getsockopt(s, 0xdead, SO_TYPE, (char *)&value, &length) != 0);
    result("setsockopt level", setsockopt(s, 0xdead, SO_KEEPALIVE, (char *)&value, sizeof value) != 0);
    length = sizeof value;
    result("getsockopt option", getsockopt(s, SOL_SOCKET, 0x7abc, (char *)&value, &length) != 0);
    result("setsockopt option", setsockopt(s, SOL_SOCKET, 0x7abc, (char *)&value, sizeof value) != 0);
    return 0;
}
