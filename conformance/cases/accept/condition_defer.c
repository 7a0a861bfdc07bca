// The condition function postpones; the caller stays in the queue.
//
// rule: CF_DEFER makes WSAAccept fail with WSATRY_AGAIN; a later WSAAccept can take the same connection.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaccept, return values
// proves: WSAAccept WSATRY_AGAIN
// expect: WSAAccept 11002
// expect: WSAAccept accepting ok
#include "case.h"

static int answer = CF_DEFER;

static int CALLBACK decide(LPWSABUF a, LPWSABUF b, LPQOS c, LPQOS d, LPWSABUF e, LPWSABUF f, GROUP *g, DWORD_PTR h)
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
    return answer;
}

int main(void)
{
    SOCKET listener, client;
    struct sockaddr_in at;
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("WSAAccept", WSAAccept(listener, NULL, NULL, decide, 0) == INVALID_SOCKET);
    answer = CF_ACCEPT;
    result("WSAAccept accepting", WSAAccept(listener, NULL, NULL, decide, 0) == INVALID_SOCKET);
    return 0;
}
