// A connection that is gone before the condition function has decided.
//
// rule: WSAAccept of a request that was withdrawn fails with WSAEACCES.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaccept, return values
// proves: WSAAccept WSAEACCES
// expect: WSAAccept 10013
#include "case.h"

static int CALLBACK withdraw(LPWSABUF a, LPWSABUF b, LPQOS c, LPQOS d, LPWSABUF e, LPWSABUF f, GROUP *g, DWORD_PTR client)
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g;
    reset_connection((SOCKET)client);
    sleep_ms(50);
    return CF_ACCEPT;
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET listener, client;
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    result("WSAAccept", WSAAccept(listener, NULL, NULL, withdraw, (DWORD_PTR)client) == INVALID_SOCKET);
    return 0;
}
