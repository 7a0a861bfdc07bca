// accept beside AcceptEx on one listener.
//
// rule: whoever asked first gets the connection: accept gets none as long as an AcceptEx waits, and the next one after it.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-acceptex, Remarks; requests of a listener are
//         served in the order in which they came
// expect: accept 10035
// expect: AcceptEx ok
// expect: accept ok
// expect: 100 rounds: AcceptEx first 100, accept next 100
#include "extension.h"
#include "objects.h"

static SOCKET listener;
static struct sockaddr_in at;
static HANDLE ready;

static SOCKET connected(void)
{
    SOCKET s = tcp();
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    return s;
}

static unsigned short port_of(SOCKET s)
{
    struct sockaddr_in name;
    int length = sizeof name;
    must(getsockname(s, (struct sockaddr *)&name, &length) == 0, "getsockname");
    return name.sin_port;
}

static DWORD WINAPI accepts(void *port)
{
    struct sockaddr_in peer;
    int length = sizeof peer;
    SOCKET s;
    SetEvent(ready);
    s = accept(listener, (struct sockaddr *)&peer, &length);
    must(s != INVALID_SOCKET, "accept");
    *(unsigned short *)port = peer.sin_port;
    closesocket(s);
    return 0;
}

static SOCKET begin(WSAOVERLAPPED *operation, char *room)
{
    DWORD count;
    SOCKET s = tcp();
    with_event(operation);
    must(!AcceptEx(listener, s, room, 0, 32, 32, &count, operation) && WSAGetLastError() == WSA_IO_PENDING, "AcceptEx");
    return s;
}

int main(void)
{
    WSAOVERLAPPED operation;
    SOCKET into, first, next, taken;
    char room[64];
    u_long on = 1, off = 0;
    int round, right = 0, rest = 0;
    start();
    listener = tcp_listening(&at);
    ready = new_event(FALSE, FALSE);
    into = begin(&operation, room);
    must(ioctlsocket(listener, FIONBIO, &on) == 0, "FIONBIO");
    first = connected();
    result("accept", accept(listener, NULL, NULL) == INVALID_SOCKET);
    must(WaitForSingleObject(operation.hEvent, 5000) == WAIT_OBJECT_0, "wait");
    completed("AcceptEx", listener, &operation);
    next = connected();
    wait_readable(listener);
    taken = accept(listener, NULL, NULL);
    result("accept", taken == INVALID_SOCKET);
    closesocket(taken);
    closesocket(first);
    closesocket(next);
    closesocket(into);
    must(ioctlsocket(listener, FIONBIO, &off) == 0, "FIONBIO");
    for (round = 0; round < 100; round++) {
        unsigned short port = 0;
        HANDLE thread;
        into = begin(&operation, room);
        thread = new_thread(accepts, &port, 0);
        must(WaitForSingleObject(ready, 5000) == WAIT_OBJECT_0, "ready");
        first = connected();
        must(WaitForSingleObject(operation.hEvent, 5000) == WAIT_OBJECT_0, "wait");
        next = connected();
        join(thread);
        right += operation.Internal == 0;
        rest += port == port_of(next);
        closesocket(first);
        closesocket(next);
        closesocket(into);
        WSACloseEvent(operation.hEvent);
    }
    printf("100 rounds: AcceptEx first %d, accept next %d\n", right, rest);
    return 0;
}
