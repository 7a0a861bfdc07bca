// Receiving after the own shutdown(SD_RECEIVE).
//
// rule: every receive call after shutdown(SD_RECEIVE) fails with WSAESHUTDOWN.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 9010, validated on Windows
// proves: recv recvfrom WSARecv WSAESHUTDOWN
// expect: recv 10058
// expect: recvfrom 10058
// expect: WSARecv 10058
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    must(shutdown(client, SD_RECEIVE) == 0, "shutdown");
    result("recv", recv(client, byte, 1, 0) < 0);
    result("recvfrom", recvfrom(client, byte, 1, 0, NULL, NULL) < 0);
    result("WSARecv", WSARecv(client, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    return 0;
}
