// sendto without a destination on a datagram socket without a peer.
//
// rule: sendto and WSASendTo with a NULL address on an unconnected datagram socket fail with WSAEDESTADDRREQ.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-sendto and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasendto, return values
// proves: sendto WSASendTo WSAEDESTADDRREQ
// expect: sendto 10039
// expect: WSASendTo 10039
#include "case.h"

int main(void)
{
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count;
    start();
    result("sendto", sendto(udp(), byte, 1, 0, NULL, 0) < 0);
    result("WSASendTo", WSASendTo(udp(), &buffer, 1, &count, 0, NULL, 0, NULL, NULL) != 0);
    return 0;
}
