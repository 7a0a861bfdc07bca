// A stream socket connects once.
//
// rule: connect and WSAConnect on a connected stream socket fail with WSAEISCONN.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 8298, validated on Windows
// proves: connect WSAConnect WSAEISCONN
// expect: connect 10056
// expect: WSAConnect 10056
// expect: connect accepted 10056
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET client, server, other;
    start();
    tcp_pair(&client, &server);
    other = tcp_listening(&at);
    (void)other;
    result("connect", connect(client, (struct sockaddr *)&at, sizeof at) != 0);
    result("WSAConnect", WSAConnect(client, (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    result("connect accepted", connect(server, (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
