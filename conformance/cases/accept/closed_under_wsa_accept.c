// Another thread closes the listener under a blocked WSAAccept.
//
// rule: the blocked WSAAccept returns at once with WSAEINTR.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaaccept, return values: a blocking call cancelled
// proves: WSAAccept WSAEINTR
// expect: WSAAccept 10004
#include "case.h"

static void close_soon(void *socket)
{
    sleep_ms(200);
    closesocket(*(SOCKET *)socket);
}

int main(void)
{
    SOCKET s;
    struct sockaddr_in at;
    struct thread thread;
    start();
    s = tcp_listening(&at);
    thread_start(&thread, close_soon, &s);
    result("WSAAccept", WSAAccept(s, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    thread_join(&thread);
    return 0;
}
