// FD_CLOSE: once, beside data that is left.
//
// rule: FD_CLOSE is told once when the peer closes or shuts down sending, also while data is left; the own shutdown
// does not tell it.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_close_events, validated on Windows
// expect: closed: CLOSE 0
// expect: asked again: nothing
// expect: selected again: nothing
// expect: recv 0
// expect: after recv: nothing
// expect: shut: CLOSE 0
// expect: closed after it: nothing
// expect: own shutdown: nothing
// expect: peer after it: CLOSE 0
// expect: data: READ 0
// expect: closed with data left: CLOSE 0
// expect: 3 of 5 received: READ 0
// expect: all received: nothing
// expect: closed before: CLOSE 0
// expect: FD_CLOSE later: CLOSE 0
#include "objects.h"

int main(void)
{
    SOCKET client, server;
    HANDLE event;
    char bytes[10];
    const long most = EVERYTHING & ~FD_WRITE;
    start();
    event = new_event(TRUE, FALSE);
    tcp_pair(&client, &server);
    selects(server, event, most);
    closesocket(client);
    happened("closed", server, event, 1000);
    happened("asked again", server, event, 50);
    selects(server, event, 0);
    selects(server, event, most);
    happened("selected again", server, event, 50);
    printf("recv %d\n", recv(server, bytes, sizeof bytes, 0));
    happened("after recv", server, event, 50);
    closesocket(server);

    tcp_pair(&client, &server);
    selects(server, event, most);
    shutdown(client, SD_SEND);
    happened("shut", server, event, 1000);
    closesocket(client);
    happened("closed after it", server, event, 50);
    closesocket(server);

    tcp_pair(&client, &server);
    selects(server, event, most);
    shutdown(client, SD_RECEIVE);
    shutdown(server, SD_BOTH);
    happened("own shutdown", server, event, 200);
    shutdown(client, SD_SEND);
    happened("peer after it", server, event, 1000);
    closesocket(client);
    closesocket(server);

    tcp_pair(&client, &server);
    selects(server, event, most);
    must(send(client, "data\n", 5, 0) == 5, "send");
    happened("data", server, event, 1000);
    closesocket(client);
    happened("closed with data left", server, event, 1000);
    must(recv(server, bytes, 3, 0) == 3, "recv");
    happened("3 of 5 received", server, event, 1000);
    must(recv(server, bytes, 5, 0) == 2, "recv");
    happened("all received", server, event, 50);
    closesocket(server);

    tcp_pair(&client, &server);
    closesocket(client);
    sleep_ms(50);
    selects(server, event, most);
    happened("closed before", server, event, 1000);
    closesocket(server);

    tcp_pair(&client, &server);
    selects(server, event, most & ~FD_CLOSE);
    closesocket(client);
    sleep_ms(100);
    selects(server, event, most);
    happened("FD_CLOSE later", server, event, 1000);
    return 0;
}
