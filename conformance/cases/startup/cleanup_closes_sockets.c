// The last WSACleanup closes every socket; a new WSAStartup does not bring them back.
//
// rule: after the last WSACleanup old handles are dead: with the library started again they give WSAENOTSOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsacleanup, remarks
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 1052-1080, validated on Windows
// proves: send WSAENOTSOCK
// expect: send 10038
#include "case.h"

int main(void)
{
    SOCKET client, server;
    char byte[1] = {0};
    start();
    tcp_pair(&client, &server);
    must(WSACleanup() == 0, "WSACleanup");
    start();
    result("send", send(client, byte, 1, 0) < 0);
    return 0;
}
