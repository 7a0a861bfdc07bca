// A non-blocking receive with nothing to take.
//
// rule: every receive call on a non-blocking socket without data fails with WSAEWOULDBLOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, return values
// proves: recv recvfrom WSARecv WSARecvFrom WSAEWOULDBLOCK
// expect: recv 10035
// expect: recvfrom 10035
// expect: WSARecv 10035
// expect: WSARecvFrom 10035
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    SOCKET client, server, s;
    struct sockaddr_in at;
    start();
    tcp_pair(&client, &server);
    nonblocking(client);
    s = udp_bound(&at);
    nonblocking(s);
    result("recv", recv(client, byte, 1, 0) < 0);
    result("recvfrom", recvfrom(s, byte, 1, 0, NULL, NULL) < 0);
    result("WSARecv", WSARecv(client, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom", WSARecvFrom(s, &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
