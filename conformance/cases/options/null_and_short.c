// Missing values and values that are too short.
//
// rule: NULL values and buffers shorter than the option fail with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-getsockopt and https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-setsockopt, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 1379, 1410, validated on Windows
// proves: getsockopt setsockopt WSAEFAULT
// expect: setsockopt null 10014
// expect: setsockopt integer as pointer 10014
// expect: setsockopt short 10014
// expect: getsockopt null 10014
// expect: getsockopt short 10014
#include "case.h"

int main(void)
{
    SOCKET s;
    struct linger linger = {1, 1};
    int value = 8192, length = sizeof value;
    start();
    s = tcp();
    result("setsockopt null", setsockopt(s, SOL_SOCKET, SO_RCVBUF, NULL, sizeof value) != 0);
    result("setsockopt integer as pointer", setsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)64, sizeof value) != 0);
    result("setsockopt short", setsockopt(s, SOL_SOCKET, SO_LINGER, (char *)&linger, 2) != 0);
    result("getsockopt null", getsockopt(s, SOL_SOCKET, SO_RCVBUF, NULL, &length) != 0);
    length = 2;
    result("getsockopt short", getsockopt(s, SOL_SOCKET, SO_RCVBUF, (char *)&value, &length) != 0);
    return 0;
}
