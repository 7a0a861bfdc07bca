// FD_WRITE: told at first and after a send that would block.
//
// rule: FD_WRITE is told once, whether something was sent meanwhile or not, and again after WSAEWOULDBLOCK when there
// is room.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_write_events, validated on Windows
// expect: at first: WRITE 0
// expect: asked again: nothing
// expect: after a send: nothing
// expect: send 10035
// expect: full: nothing
// expect: room again: WRITE 0
// expect: asked again: nothing
// expect: sent before asking: WRITE 0
#include "objects.h"

int main(void)
{
    static char bytes[1 << 16];
    SOCKET client, server;
    HANDLE event;
    start();
    event = new_event(TRUE, FALSE);
    tcp_pair(&client, &server);
    nonblocking(client);
    selects(server, event, EVERYTHING);
    happened("at first", server, event, 1000);
    happened("asked again", server, event, 50);
    must(send(server, "data\n", 5, 0) == 5, "send");
    happened("after a send", server, event, 50);
    while (send(server, bytes, sizeof bytes, 0) > 0)
        continue;
    result("send", 1);
    happened("full", server, event, 50);
    do
        while (recv(client, bytes, sizeof bytes, 0) > 0)
            continue;
    while (WaitForSingleObject(event, 20) == WAIT_TIMEOUT);
    happened("room again", server, event, 1000);
    while (recv(client, bytes, sizeof bytes, 0) > 0)
        continue;
    happened("asked again", server, event, 50);
    closesocket(client);
    closesocket(server);
    tcp_pair(&client, &server);
    selects(server, event, EVERYTHING);
    must(send(server, "data\n", 5, 0) == 5, "send");
    happened("sent before asking", server, event, 1000);
    return 0;
}
