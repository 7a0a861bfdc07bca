// Another thread closes the socket under a blocked connect.
//
// rule: the blocked connect and WSAConnect return at once with WSAEINTR.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaconnect, return values: a blocking call cancelled
// network: lan
// timeout: 30
// proves: connect WSAConnect WSAEINTR
// expect: connect 10004
// expect: WSAConnect 10004
#include "case.h"

static void close_soon(void *socket)
{
    sleep_ms(200);
    closesocket(*(SOCKET *)socket);
}

int main(void)
{
    SOCKET s;
    struct sockaddr_in at = ipv4("203.0.113.129", 9);
    struct thread thread;
    start();
    s = tcp();
    thread_start(&thread, close_soon, &s);
    result("connect", connect(s, (struct sockaddr *)&at, sizeof at) != 0);
    thread_join(&thread);
    s = tcp();
    thread_start(&thread, close_soon, &s);
    result("WSAConnect", WSAConnect(s, (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    thread_join(&thread);
    return 0;
}
