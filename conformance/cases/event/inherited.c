// An accepted socket has its listener's selection.
//
// rule: the socket that accept returns has the same event object and the same events selected, and is writable.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_accept_events, validated on Windows
// expect: listener: ACCEPT 0
// expect: accepted: WRITE 0
// expect: asked again: nothing
// expect: data: READ 0
// expect: FIONBIO 10022
#include "objects.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET listener, client, server;
    HANDLE event;
    u_long off = 0;
    start();
    event = new_event(TRUE, FALSE);
    listener = tcp_listening(&at);
    selects(listener, event, EVERYTHING);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    happened("listener", listener, event, 1000);
    server = accept(listener, NULL, NULL);
    must(server != INVALID_SOCKET, "accept");
    happened("accepted", server, event, 1000);
    happened("asked again", server, event, 50);
    must(send(client, "x", 1, 0) == 1, "send");
    happened("data", server, event, 1000);
    result("FIONBIO", ioctlsocket(server, FIONBIO, &off) != 0);
    return 0;
}
