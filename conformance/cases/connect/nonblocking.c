// A non-blocking connect is under way, and a second one says so.
//
// rule: a non-blocking connect gives WSAEWOULDBLOCK; while it is pending another gives WSAEALREADY.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 12303-12309, validated on Windows
// proves: connect WSAConnect WSAEWOULDBLOCK
// proves: connect WSAConnect WSAEALREADY
// expect: connect 10035
// expect: connect pending 10037
// expect: WSAConnect pending 10037
// expect: WSAConnect 10035
#include "case.h"

// A listener whose queue is full drops further calls: a connect to it stays pending.
static struct sockaddr_in full_listener(void)
{
    struct sockaddr_in at;
    SOCKET s = tcp();
    at = bind_free(s);
    must(listen(s, 0) == 0, "listen");
    for (int i = 0; i < 8; i++) {
        SOCKET filler = tcp();
        nonblocking(filler);
        connect(filler, (struct sockaddr *)&at, sizeof at);
    }
    sleep_ms(50);
    return at;
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET s;
    start();
    at = full_listener();
    s = tcp();
    nonblocking(s);
    result("connect", connect(s, (struct sockaddr *)&at, sizeof at) != 0);
    result("connect pending", connect(s, (struct sockaddr *)&at, sizeof at) != 0);
    result("WSAConnect pending", WSAConnect(s, (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    s = tcp();
    nonblocking(s);
    result("WSAConnect", WSAConnect(s, (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    return 0;
}
