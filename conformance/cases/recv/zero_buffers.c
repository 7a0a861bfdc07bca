// WSARecv and WSASend with no buffer at all.
//
// rule: a buffer count of 0 fails with WSAEINVAL.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 12809-12816, validated on Windows
// proves: WSARecv WSASend WSAEINVAL
// expect: WSARecv 10022
// expect: WSASend 10022
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    nonblocking(client);
    result("WSARecv", WSARecv(client, &buffer, 0, &count, &flags, NULL, NULL) != 0);
    result("WSASend", WSASend(client, &buffer, 0, &count, 0, NULL, NULL) != 0);
    return 0;
}
