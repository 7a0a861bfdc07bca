// Receiving on a stream socket that was never connected.
//
// rule: every receive call on an unconnected stream socket fails with WSAENOTCONN.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, return values
// proves: recv WSARecv WSARecvFrom WSAENOTCONN
// expect: recv 10057
// expect: recvfrom 10057
// expect: WSARecv 10057
// expect: WSARecvFrom 10057
#include "case.h"

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    start();
    result("recv", recv(tcp(), byte, 1, 0) < 0);
    result("recvfrom", recvfrom(tcp(), byte, 1, 0, NULL, NULL) < 0);
    result("WSARecv", WSARecv(tcp(), &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom", WSARecvFrom(tcp(), &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
