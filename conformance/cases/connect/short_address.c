// An address shorter than its family needs.
//
// rule: connect and WSAConnect with a short length fail with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 12131-12159, validated on Windows
// proves: connect WSAConnect WSAEFAULT
// expect: connect short 10014
// expect: connect one byte less 10014
// expect: WSAConnect short 10014
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    start();
    tcp_listening(&at);
    result("connect short", connect(tcp(), (struct sockaddr *)&at, 3) != 0);
    result("connect one byte less", connect(tcp(), (struct sockaddr *)&at, sizeof at - 1) != 0);
    result("WSAConnect short", WSAConnect(tcp(), (struct sockaddr *)&at, 3, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
