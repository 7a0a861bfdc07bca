// accept needs listen first.
//
// rule: accept and WSAAccept on a socket that does not listen fail with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, return values
// proves: accept WSAAccept WSAEINVAL
// expect: accept unbound 10022
// expect: accept bound 10022
// expect: WSAAccept 10022
#include "case.h"

int main(void)
{
    SOCKET s;
    start();
    s = tcp();
    result("accept unbound", accept(s, NULL, NULL) == INVALID_SOCKET);
    bind_free(s);
    result("accept bound", accept(s, NULL, NULL) == INVALID_SOCKET);
    result("WSAAccept", WSAAccept(s, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    return 0;
}
