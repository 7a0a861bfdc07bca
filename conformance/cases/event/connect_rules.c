// FD_CONNECT and FD_WRITE of a connection.
//
// rule: a connect that ends tells FD_CONNECT and FD_WRITE once; a connection that existed before the selection tells
// them too; an accepted one FD_WRITE only.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_connect_events, validated on Windows
// expect: unconnected: nothing
// expect: connected: WRITE 0 CONNECT 0
// expect: selected again: nothing
// expect: accepted: WRITE 0
// expect: connected before: WRITE 0 CONNECT 0
// expect: without FD_CONNECT: WRITE 0
// expect: FD_CONNECT later: CONNECT 0
#include "objects.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET listener, client, server;
    HANDLE event;
    start();
    event = new_event(TRUE, FALSE);
    listener = tcp_listening(&at);
    client = tcp();
    selects(client, event, EVERYTHING);
    happened("unconnected", client, event, 50);
    must(connect(client, (struct sockaddr *)&at, sizeof at) != 0 && WSAGetLastError() == WSAEWOULDBLOCK, "connect");
    sleep_ms(100);
    happened("connected", client, event, 1000);
    selects(client, event, 0);
    selects(client, event, EVERYTHING);
    happened("selected again", client, event, 50);
    server = accept(listener, NULL, NULL);
    selects(server, event, EVERYTHING);
    happened("accepted", server, event, 1000);
    closesocket(server);
    closesocket(client);

    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    selects(client, event, EVERYTHING);
    happened("connected before", client, event, 1000);
    closesocket(client);

    client = tcp();
    selects(client, event, FD_WRITE | FD_READ);
    connect(client, (struct sockaddr *)&at, sizeof at);
    sleep_ms(100);
    happened("without FD_CONNECT", client, event, 1000);
    selects(client, event, EVERYTHING);
    happened("FD_CONNECT later", client, event, 1000);
    return 0;
}
