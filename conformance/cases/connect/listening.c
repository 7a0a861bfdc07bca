// A listener cannot connect.
//
// rule: connect and WSAConnect on a listening socket fail with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 8212, validated on Windows
// proves: connect WSAConnect WSAEINVAL
// expect: connect 10022
// expect: WSAConnect 10022
#include "case.h"

int main(void)
{
    struct sockaddr_in at, to;
    SOCKET s;
    start();
    s = tcp_listening(&at);
    tcp_listening(&to);
    result("connect", connect(s, (struct sockaddr *)&to, sizeof to) != 0);
    result("WSAConnect", WSAConnect(s, (struct sockaddr *)&to, sizeof to, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
