// A non-blocking accept with no caller.
//
// rule: accept and WSAAccept on a non-blocking listener without a queued connection fail with WSAEWOULDBLOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, return values
// proves: accept WSAAccept WSAEWOULDBLOCK
// expect: accept 10035
// expect: WSAAccept 10035
#include "case.h"

int main(void)
{
    SOCKET s;
    struct sockaddr_in at;
    start();
    s = tcp_listening(&at);
    nonblocking(s);
    result("accept", accept(s, NULL, NULL) == INVALID_SOCKET);
    result("WSAAccept", WSAAccept(s, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    return 0;
}
