// Another thread closes the socket under a blocked recv.
//
// rule: the blocked call returns at once with an error: WSAEINTR, or WSAECONNABORTED where data was on its way.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv, return values: a blocking call cancelled
// proves: recv WSAEINTR
// expect: recv 10004
#include "case.h"

static void close_soon(void *socket)
{
    sleep_ms(200);
    closesocket(*(SOCKET *)socket);
}

int main(void)
{
    char byte[1];
    SOCKET s;
    struct sockaddr_in at;
    struct thread thread;
    start();
    s = udp_bound(&at);
    thread_start(&thread, close_soon, &s);
    result("recv", recv(s, byte, 1, 0) < 0);
    thread_join(&thread);
    return 0;
}
