// Receiving on a datagram socket that has no address yet.
//
// rule: every receive call on an unbound datagram socket fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 13593, validated on Windows
// proves: recv recvfrom WSARecv WSARecvFrom WSAEINVAL
// expect: recv 10022
// expect: recvfrom 10022
// expect: WSARecv 10022
// expect: WSARecvFrom 10022
#include "case.h"

static SOCKET impatient(void)
{
    SOCKET s = udp();
    nonblocking(s);
    return s;
}

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    start();
    result("recv", recv(impatient(), byte, 1, 0) < 0);
    result("recvfrom", recvfrom(impatient(), byte, 1, 0, NULL, NULL) < 0);
    result("WSARecv", WSARecv(impatient(), &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom", WSARecvFrom(impatient(), &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
