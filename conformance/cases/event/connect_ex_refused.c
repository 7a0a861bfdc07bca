// ConnectEx to where nobody listens, on a socket with network events.
//
// rule: FD_CONNECT is told with the code.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks, FD_CONNECT
// expect: ConnectEx 997
// expect: ended 10061
// expect: events: CONNECT 10061
#include "extension.h"
#include "objects.h"

int main(void)
{
    SOCKET s;
    HANDLE event;
    OVERLAPPED connecting;
    struct sockaddr_in at;
    start();
    s = tcp();
    event = WSACreateEvent();
    at = unused_port();
    bind_free(s);
    selects(s, event, EVERYTHING);
    with_event(&connecting);
    result("ConnectEx", !connect_ex()(s, (struct sockaddr *)&at, sizeof at, NULL, 0, NULL, &connecting));
    completed("ended", s, &connecting);
    happened("events", s, event, 500);
    return 0;
}
