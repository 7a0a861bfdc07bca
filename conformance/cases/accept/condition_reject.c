// The condition function turns the caller away.
//
// rule: CF_REJECT makes WSAAccept fail with WSAECONNREFUSED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaccept, return values
// proves: WSAAccept WSAECONNREFUSED
// expect: WSAAccept 10061
#include "case.h"

static int CALLBACK reject(LPWSABUF a, LPWSABUF b, LPQOS c, LPQOS d, LPWSABUF e, LPWSABUF f, GROUP *g, DWORD_PTR h)
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
    return CF_REJECT;
}

int main(void)
{
    SOCKET listener, client;
    struct sockaddr_in at;
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("WSAAccept", WSAAccept(listener, NULL, NULL, reject, 0) == INVALID_SOCKET);
    return 0;
}
