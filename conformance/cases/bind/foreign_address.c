// An address that is not one of this machine.
//
// rule: bind to an address of another machine fails with WSAEADDRNOTAVAIL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-bind, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 12164, validated on Windows
// proves: bind WSAEADDRNOTAVAIL
// expect: bind 10049
#include "case.h"

int main(void)
{
    struct sockaddr_in at = ipv4("192.0.2.1", 0);
    start();
    result("bind", bind(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
