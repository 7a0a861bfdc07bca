// Another thread closes the listener under a blocked accept.
//
// rule: the blocked accept returns at once with WSAEINTR.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, return values: a blocking call cancelled
// proves: accept WSAEINTR
// expect: accept 10004
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
    result("accept", accept(s, NULL, NULL) == INVALID_SOCKET);
    thread_join(&thread);
    return 0;
}
