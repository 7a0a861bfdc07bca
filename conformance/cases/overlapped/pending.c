// Overlapped calls that cannot finish at once.
//
// rule: an overlapped receive without data is queued: SOCKET_ERROR with WSA_IO_PENDING, then it completes with the data.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 12616, validated on Windows
// proves: WSARecv WSARecvFrom WSA_IO_PENDING
// expect: WSARecv 997
// expect: WSARecv completed ok
// expect: byte x
// expect: WSARecvFrom 997
// expect: WSARecvFrom completed ok
#include "extension.h"

int main(void)
{
    SOCKET client, server, s;
    struct sockaddr_in at;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD flags = 0;
    start();
    tcp_pair(&client, &server);
    nonblocking(client);
    fresh(&operation);
    result("WSARecv", WSARecv(client, &buffer, 1, NULL, &flags, &operation, NULL) != 0);
    must(send(server, "x", 1, 0) == 1, "send");
    completed("WSARecv completed", client, &operation);
    printf("byte %c\n", byte[0]);
    s = udp_bound(&at);
    fresh(&operation);
    flags = 0;
    result("WSARecvFrom", WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operation, NULL) != 0);
    must(sendto(udp(), "y", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    completed("WSARecvFrom completed", s, &operation);
    return 0;
}
