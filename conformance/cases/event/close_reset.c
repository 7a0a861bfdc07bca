// FD_CLOSE tells a reset from a graceful close.
//
// rule: iErrorCode[FD_CLOSE_BIT] is 0 after a graceful close and WSAECONNABORTED after the peer's reset: the page names
// WSAECONNRESET for it, Windows was seen to give WSAECONNABORTED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents, the list of codes per event
// source: Wine dlls/ws2_32/tests/sock.c, test_close_events, validated on Windows
// proves: WSAEnumNetworkEvents:FD_CLOSE WSAECONNABORTED
// expect: WSAEnumNetworkEvents:FD_CLOSE graceful 0
// expect: WSAEnumNetworkEvents:FD_CLOSE reset 10053
#include "case.h"

static int close_code(int reset)
{
    WSANETWORKEVENTS events;
    WSAEVENT event = WSACreateEvent();
    SOCKET client, server;
    tcp_pair(&client, &server);
    must(WSAEventSelect(client, event, FD_CLOSE) == 0, "WSAEventSelect");
    if (reset)
        reset_connection(server);
    else
        must(closesocket(server) == 0, "closesocket");
    must(WSAWaitForMultipleEvents(1, &event, FALSE, 5000, FALSE) == WSA_WAIT_EVENT_0, "wait");
    must(WSAEnumNetworkEvents(client, event, &events) == 0 && events.lNetworkEvents == FD_CLOSE, "FD_CLOSE");
    return events.iErrorCode[FD_CLOSE_BIT];
}

int main(void)
{
    start();
    printf("WSAEnumNetworkEvents:FD_CLOSE graceful %d\n", close_code(0));
    printf("WSAEnumNetworkEvents:FD_CLOSE reset %d\n", close_code(1));
    return 0;
}
