// A duplicated socket is the same connection under a second handle.
//
// rule: data sent through one handle or the other arrives alike; closing one keeps the other alive.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaduplicatesocketa, remarks
// expect: recv from original a
// expect: recv from duplicate b
#include "case.h"

int main(void)
{
    SOCKET client, server, twin;
    WSAPROTOCOL_INFOA info;
    char byte[1];
    start();
    tcp_pair(&client, &server);
    must(WSADuplicateSocketA(client, GetCurrentProcessId(), &info) == 0, "WSADuplicateSocketA");
    twin = WSASocketA(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, 0);
    must(twin != INVALID_SOCKET && twin != client, "WSASocketA");
    must(send(client, "a", 1, 0) == 1, "send");
    must(recv(server, byte, 1, 0) == 1, "recv");
    printf("recv from original %c\n", byte[0]);
    must(closesocket(client) == 0, "closesocket");
    must(send(twin, "b", 1, 0) == 1, "send");
    must(recv(server, byte, 1, 0) == 1, "recv");
    printf("recv from duplicate %c\n", byte[0]);
    return 0;
}
