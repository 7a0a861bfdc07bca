// A datagram socket cannot listen or accept.
//
// rule: listen and accept on a datagram socket fail with WSAEOPNOTSUPP.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-listen and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, return values
// proves: listen accept WSAAccept WSAEOPNOTSUPP
// expect: listen 10045
// expect: accept 10045
// expect: WSAAccept 10045
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET s;
    start();
    s = udp_bound(&at);
    result("listen", listen(s, 1) != 0);
    result("accept", accept(s, NULL, NULL) == INVALID_SOCKET);
    result("WSAAccept", WSAAccept(s, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    return 0;
}
