// FD_CONNECT carries the time-out of a call nobody answers.
//
// rule: iErrorCode[FD_CONNECT_BIT] holds WSAETIMEDOUT when no answer comes.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents, the list of codes per event
// network: lan
// timeout: 60
// proves: WSAEnumNetworkEvents:FD_CONNECT WSAETIMEDOUT
// expect: WSAEnumNetworkEvents:FD_CONNECT 10060
#include "case.h"

int main(void)
{
    WSANETWORKEVENTS events;
    WSAEVENT event;
    SOCKET s;
    struct sockaddr_in at;
    start();
    event = WSACreateEvent();
    at = ipv4("203.0.113.129", 9);
    s = tcp();
    must(WSAEventSelect(s, event, FD_CONNECT) == 0, "WSAEventSelect");
    connect(s, (struct sockaddr *)&at, sizeof at);
    must(WSAWaitForMultipleEvents(1, &event, FALSE, 50000, FALSE) == WSA_WAIT_EVENT_0, "wait");
    must(WSAEnumNetworkEvents(s, event, &events) == 0 && events.lNetworkEvents == FD_CONNECT, "WSAEnumNetworkEvents");
    printf("WSAEnumNetworkEvents:FD_CONNECT %d\n", events.iErrorCode[FD_CONNECT_BIT]);
    return 0;
}
