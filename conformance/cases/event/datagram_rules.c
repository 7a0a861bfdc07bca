// Network events of datagram sockets.
//
// rule: an unbound socket tells nothing; after connect FD_CONNECT and FD_WRITE; each datagram that comes, and what a
// receive leaves, FD_READ.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_connect_events, validated on Windows
// expect: unbound: nothing
// expect: connected: WRITE 0 CONNECT 0
// expect: asked again: nothing
// expect: bound: WRITE 0
// expect: first: READ 0
// expect: asked again: nothing
// expect: second: READ 0
// expect: one received: READ 0
// expect: both received: nothing
// expect: empty datagram: READ 0
#include "objects.h"

static void sends(SOCKET s, const char *text, int count, const struct sockaddr_in *to)
{
    must(sendto(s, text, count, 0, (const struct sockaddr *)to, sizeof *to) == count, "sendto");
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET client, server;
    HANDLE event;
    char bytes[10];
    start();
    event = new_event(TRUE, FALSE);
    client = udp();
    server = udp();
    selects(client, event, EVERYTHING);
    happened("unbound", client, event, 50);
    at = ipv4("127.0.0.1", 9);
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    happened("connected", client, event, 1000);
    happened("asked again", client, event, 50);
    client = udp();
    at = bind_free(server);
    selects(server, event, EVERYTHING);
    happened("bound", server, event, 1000);
    sends(client, "one", 3, &at);
    happened("first", server, event, 1000);
    happened("asked again", server, event, 50);
    sends(client, "two", 3, &at);
    happened("second", server, event, 1000);
    must(recv(server, bytes, sizeof bytes, 0) == 3, "recv");
    happened("one received", server, event, 1000);
    must(recv(server, bytes, sizeof bytes, 0) == 3, "recv");
    happened("both received", server, event, 50);
    sends(client, "", 0, &at);
    happened("empty datagram", server, event, 1000);
    return 0;
}
