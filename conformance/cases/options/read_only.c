// Options that can only be read.
//
// rule: SO_ACCEPTCONN and SO_TYPE cannot be set: WSAENOPROTOOPT.
// source: https://learn.microsoft.com/windows/win32/winsock/sol-socket-socket-options
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 3894, validated on Windows
// proves: setsockopt WSAENOPROTOOPT
// expect: setsockopt SO_ACCEPTCONN 10042
// expect: setsockopt SO_TYPE 10042
#include "case.h"

int main(void)
{
    SOCKET s;
    int value = 1;
    start();
    s = tcp();
    result("setsockopt SO_ACCEPTCONN", setsockopt(s, SOL_SOCKET, SO_ACCEPTCONN, (char *)&value, sizeof value) != 0);
    result("setsockopt SO_TYPE", setsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&value, sizeof value) != 0);
    return 0;
}
