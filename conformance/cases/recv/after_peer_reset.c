// Receiving after the peer has reset the connection, more than once.
//
// rule: every receive call after the peer's reset fails with WSAECONNRESET; it never turns into an end of data.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 13326, validated on Windows
// proves: recv WSARecv recvfrom WSARecvFrom WSAECONNRESET
// expect: recv 10054
// expect: recv again 10054
// expect: recvfrom 10054
// expect: WSARecv 10054
// expect: WSARecvFrom 10054
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    reset_connection(server);
    sleep_ms(50);
    result("recv", recv(client, byte, 1, 0) < 0);
    result("recv again", recv(client, byte, 1, 0) < 0);
    result("recvfrom", recvfrom(client, byte, 1, 0, NULL, NULL) < 0);
    result("WSARecv", WSARecv(client, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom", WSARecvFrom(client, &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
