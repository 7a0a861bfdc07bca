// WSAEventSelect makes the socket non-blocking, and keeps it so.
//
// rule: after WSAEventSelect the socket is non-blocking; FIONBIO 0 is refused with WSAEINVAL until the selection ends.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, remarks
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 5366, validated on Windows
// expect: recv 10035
// expect: ioctlsocket 10022
// expect: ioctlsocket after the end ok
#include "case.h"

int main(void)
{
    SOCKET client, server;
    char byte[1];
    u_long off = 0;
    start();
    tcp_pair(&client, &server);
    must(WSAEventSelect(client, WSACreateEvent(), FD_READ) == 0, "WSAEventSelect");
    result("recv", recv(client, byte, 1, 0) < 0);
    result("ioctlsocket", ioctlsocket(client, FIONBIO, &off) != 0);
    must(WSAEventSelect(client, NULL, 0) == 0, "WSAEventSelect");
    result("ioctlsocket after the end", ioctlsocket(client, FIONBIO, &off) != 0);
    return 0;
}
