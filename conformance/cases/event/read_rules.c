// FD_READ: when it is told, and told again.
//
// rule: FD_READ is told when data comes, and after a receive that leaves some; not for what was received meanwhile,
// nor by selecting anew.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_read_events, validated on Windows
// expect: no data: nothing
// expect: data: READ 0
// expect: asked again: nothing
// expect: selected again: nothing
// expect: more data: READ 0
// expect: 2 of 10 received: READ 0
// expect: would fault: nothing
// expect: all received: nothing
// expect: sent before selecting: READ 0
// expect: received before asking: nothing
// expect: sent and received unselected: nothing
#include "objects.h"

int main(void)
{
    SOCKET client, server;
    HANDLE event;
    char bytes[20];
    start();
    event = new_event(TRUE, FALSE);
    tcp_pair(&client, &server);
    selects(server, event, EVERYTHING & ~FD_WRITE);
    happened("no data", server, event, 50);
    must(send(client, "data\n", 5, 0) == 5, "send");
    happened("data", server, event, 1000);
    happened("asked again", server, event, 50);
    selects(server, event, 0);
    selects(server, event, EVERYTHING & ~FD_WRITE);
    happened("selected again", server, event, 50);
    must(send(client, "data\n", 5, 0) == 5, "send");
    happened("more data", server, event, 1000);
    must(recv(server, bytes, 2, 0) == 2, "recv");
    happened("2 of 10 received", server, event, 1000);
    recv(server, bytes, -1, 0);
    happened("would fault", server, event, 50);
    must(recv(server, bytes, sizeof bytes, 0) == 8, "recv");
    happened("all received", server, event, 50);
    selects(server, event, 0);
    must(send(client, "data\n", 5, 0) == 5, "send");
    sleep_ms(50);
    selects(server, event, EVERYTHING & ~FD_WRITE);
    happened("sent before selecting", server, event, 1000);
    must(recv(server, bytes, sizeof bytes, 0) == 5, "recv");
    must(send(client, "data\n", 5, 0) == 5, "send");
    must(WaitForSingleObject(event, 1000) == WAIT_OBJECT_0, "wait");
    must(recv(server, bytes, sizeof bytes, 0) == 5 && ResetEvent(event), "recv");
    happened("received before asking", server, event, 50);
    selects(server, event, 0);
    must(send(client, "data\n", 5, 0) == 5, "send");
    sleep_ms(50);
    must(recv(server, bytes, sizeof bytes, 0) == 5, "recv");
    selects(server, event, EVERYTHING & ~FD_WRITE);
    happened("sent and received unselected", server, event, 50);
    return 0;
}
