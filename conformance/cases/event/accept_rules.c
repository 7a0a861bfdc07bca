// FD_ACCEPT: when it is told, and told again.
//
// rule: FD_ACCEPT is told for each connection that comes, and after an accept that leaves some; selecting anew does
// not repeat it.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_accept_events, validated on Windows
// expect: listening: nothing
// expect: first: ACCEPT 0
// expect: asked again: nothing
// expect: selected again: nothing
// expect: second: ACCEPT 0
// expect: one accepted: ACCEPT 0
// expect: both accepted: nothing
// expect: before selecting: ACCEPT 0
// expect: accepted before selecting: nothing
#include "objects.h"

static SOCKET connected(struct sockaddr_in at)
{
    SOCKET s = tcp();
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    return s;
}

static void accepts(SOCKET listener)
{
    SOCKET s = accept(listener, NULL, NULL);
    must(s != INVALID_SOCKET && closesocket(s) == 0, "accept");
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET listener, one, two;
    HANDLE event;
    start();
    event = new_event(TRUE, FALSE);
    listener = tcp_listening(&at);
    selects(listener, event, FD_ACCEPT | FD_READ | FD_CONNECT | FD_OOB);
    happened("listening", listener, event, 50);
    one = connected(at);
    happened("first", listener, event, 1000);
    happened("asked again", listener, event, 50);
    selects(listener, event, 0);
    selects(listener, event, FD_ACCEPT | FD_READ | FD_CONNECT | FD_OOB);
    happened("selected again", listener, event, 50);
    two = connected(at);
    happened("second", listener, event, 1000);
    accepts(listener);
    happened("one accepted", listener, event, 1000);
    accepts(listener);
    happened("both accepted", listener, event, 50);
    closesocket(one);
    closesocket(two);
    selects(listener, event, FD_READ);
    one = connected(at);
    sleep_ms(100);
    selects(listener, event, FD_ACCEPT | FD_READ | FD_CONNECT | FD_OOB);
    happened("before selecting", listener, event, 1000);
    accepts(listener);
    closesocket(one);
    selects(listener, event, FD_READ);
    one = connected(at);
    sleep_ms(100);
    accepts(listener);
    selects(listener, event, FD_ACCEPT | FD_READ | FD_CONNECT | FD_OOB);
    happened("accepted before selecting", listener, event, 100);
    return 0;
}
