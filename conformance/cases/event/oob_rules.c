// FD_OOB: urgent data.
//
// rule: FD_OOB is told once when urgent data comes, and not repeated by selecting anew; with SO_OOBINLINE it is data.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_oob_events, validated on Windows
// expect: urgent: OOB 0
// expect: asked again: nothing
// expect: selected again: nothing
// expect: received: nothing
// expect: unselected: OOB 0
// expect: inline: READ 0
#include "objects.h"

int main(void)
{
    SOCKET client, server;
    HANDLE event;
    char byte[1];
    BOOL on = TRUE;
    start();
    event = new_event(TRUE, FALSE);
    tcp_pair(&client, &server);
    selects(server, event, EVERYTHING & ~FD_WRITE);
    must(send(client, "a", 1, MSG_OOB) == 1, "send");
    happened("urgent", server, event, 1000);
    happened("asked again", server, event, 50);
    selects(server, event, 0);
    selects(server, event, EVERYTHING & ~FD_WRITE);
    happened("selected again", server, event, 50);
    must(recv(server, byte, 1, MSG_OOB) == 1, "recv");
    happened("received", server, event, 50);
    selects(server, event, 0);
    must(send(client, "b", 1, MSG_OOB) == 1, "send");
    sleep_ms(50);
    selects(server, event, EVERYTHING & ~FD_WRITE);
    happened("unselected", server, event, 1000);
    closesocket(client);
    closesocket(server);
    tcp_pair(&client, &server);
    must(setsockopt(server, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof on) == 0, "SO_OOBINLINE");
    selects(server, event, EVERYTHING & ~FD_WRITE);
    must(send(client, "c", 1, MSG_OOB) == 1, "send");
    happened("inline", server, event, 1000);
    return 0;
}
