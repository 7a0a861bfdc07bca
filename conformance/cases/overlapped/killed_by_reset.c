// The peer resets the connection under a queued receive.
//
// rule: WSAGetOverlappedResult gives WSAECONNRESET.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 7475, 13311, validated on Windows
// proves: WSARecv WSAECONNRESET
// expect: WSARecv completed 10054
#include "extension.h"

int main(void)
{
    SOCKET client, server;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD flags = 0;
    start();
    tcp_pair(&client, &server);
    fresh(&operation);
    WSARecv(client, &buffer, 1, NULL, &flags, &operation, NULL);
    reset_connection(server);
    completed("WSARecv completed", client, &operation);
    return 0;
}
