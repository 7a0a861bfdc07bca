// A socket that AcceptEx has connected, before and after its context is updated.
//
// rule: it sends and receives at once; its names and shutdown are there after SO_UPDATE_ACCEPT_CONTEXT only, and
// rule: SO_CONNECT_TIME tells all ones until it is connected.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-acceptex, remarks
// expect: time before no
// expect: getsockname 10022
// expect: getpeername 10057
// expect: shutdown 10057
// expect: send ok
// expect: time after yes
// expect: setsockopt ok
// expect: getsockname ok
// expect: getpeername ok
// expect: shutdown ok
// expect: setsockopt no socket 10038
// expect: setsockopt short 10014
// expect: setsockopt unconnected 10057
#include "extension.h"

static void show_time(const char *when, SOCKET s)
{
    DWORD seconds = 0;
    int length = sizeof seconds;
    must(getsockopt(s, SOL_SOCKET, SO_CONNECT_TIME, (char *)&seconds, &length) == 0, "SO_CONNECT_TIME");
    printf("time %s %s\n", when, seconds == 0xffffffff ? "no" : "yes");
}

static void names(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof name;
    result("getsockname", getsockname(s, (struct sockaddr *)&name, &length) != 0);
    length = sizeof name;
    result("getpeername", getpeername(s, (struct sockaddr *)&name, &length) != 0);
    result("shutdown", shutdown(s, SD_SEND) != 0);
}

static int update(SOCKET s, SOCKET listener, int length)
{
    return setsockopt(s, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener, length);
}

int main(void)
{
    SOCKET listener, acceptor;
    struct sockaddr_in at;
    WSAOVERLAPPED operation;
    char space[2 * (sizeof at + 16)];
    DWORD count, flags, room = sizeof at + 16;
    start();
    listener = tcp_listening(&at);
    acceptor = tcp();
    fresh(&operation);
    AcceptEx(listener, acceptor, space, 0, room, room, &count, &operation);
    show_time("before", acceptor);
    must(connect(tcp(), (struct sockaddr *)&at, sizeof at) == 0, "connect");
    must(WSAGetOverlappedResult(listener, &operation, &count, TRUE, &flags), "AcceptEx");
    names(acceptor);
    result("send", send(acceptor, "x", 1, 0) != 1);
    show_time("after", acceptor);
    result("setsockopt", update(acceptor, listener, sizeof listener) != 0);
    names(acceptor);
    result("setsockopt no socket", update(acceptor, 0xdeadbeec, sizeof listener) != 0);
    result("setsockopt short", update(acceptor, listener, 3) != 0);
    result("setsockopt unconnected", update(tcp(), listener, sizeof listener) != 0);
    return 0;
}
