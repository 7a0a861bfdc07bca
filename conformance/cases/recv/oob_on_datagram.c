// Urgent data exists only on stream sockets.
//
// rule: MSG_OOB on a datagram socket fails with WSAEOPNOTSUPP, in every receive call.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, return values
// proves: recv recvfrom WSARecv WSAEOPNOTSUPP
// expect: recv 10045
// expect: recvfrom 10045
// expect: WSARecv 10045
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = MSG_OOB;
    struct sockaddr_in at;
    SOCKET s;
    start();
    s = udp_bound(&at);
    nonblocking(s);
    result("recv", recv(s, byte, 1, MSG_OOB) < 0);
    result("recvfrom", recvfrom(s, byte, 1, MSG_OOB, NULL, NULL) < 0);
    result("WSARecv", WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    return 0;
}
