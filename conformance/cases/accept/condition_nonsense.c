// The condition function answers neither accept, reject nor defer.
//
// rule: any other answer makes WSAAccept fail with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaccept, return values
// proves: WSAAccept WSAEINVAL
// expect: WSAAccept 10022
#include "case.h"

static int CALLBACK nonsense(LPWSABUF a, LPWSABUF b, LPQOS c, LPQOS d, LPWSABUF e, LPWSABUF f, GROUP *g, DWORD_PTR h)
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
    return 4711;
}

int main(void)
{
    SOCKET listener, client;
    struct sockaddr_in at;
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("WSAAccept", WSAAccept(listener, NULL, NULL, nonsense, 0) == INVALID_SOCKET);
    return 0;
}
