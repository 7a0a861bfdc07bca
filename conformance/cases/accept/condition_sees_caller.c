// The condition function is shown who calls and whom.
//
// rule: lpCallerId holds the peer's address, lpCalleeId the local one, dwCallbackData the caller's word.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaccept, the prototype of the condition function
// expect: caller matches
// expect: callee matches
// expect: data 77
// expect: WSAAccept ok
#include "case.h"

static struct sockaddr_in caller, callee;
static int data_word;

static int CALLBACK look(LPWSABUF a, LPWSABUF b, LPQOS c, LPQOS d, LPWSABUF e, LPWSABUF f, GROUP *g, DWORD_PTR h)
{
    (void)b, (void)c, (void)d, (void)f, (void)g;
    memcpy(&caller, a->buf, a->len < sizeof caller ? a->len : sizeof caller);
    memcpy(&callee, e->buf, e->len < sizeof callee ? e->len : sizeof callee);
    data_word = (int)h;
    return CF_ACCEPT;
}

int main(void)
{
    SOCKET listener, client, server;
    struct sockaddr_in at, mine;
    int length = sizeof mine;
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(getsockname(client, (struct sockaddr *)&mine, &length) == 0, "getsockname");
    server = WSAAccept(listener, NULL, NULL, look, 77);
    printf("caller %s\n", caller.sin_port == mine.sin_port ? "matches" : "differs");
    printf("callee %s\n", callee.sin_port == at.sin_port ? "matches" : "differs");
    printf("data %d\n", data_word);
    result("WSAAccept", server == INVALID_SOCKET);
    return 0;
}
