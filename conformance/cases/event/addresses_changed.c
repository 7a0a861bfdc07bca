// FD_ADDRESS_LIST_CHANGE tells that the local addresses have changed.
//
// rule: on a socket that does not block SIO_ADDRESS_LIST_CHANGE fails with WSAEWOULDBLOCK; when the addresses change the
// network event is recorded.
// source: https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls, SIO_ADDRESS_LIST_CHANGE
// network: changing
// timeout: 30
// proves: WSAIoctl WSAEWOULDBLOCK
// expect: WSAIoctl 10035
// expect: before 258
// expect: after 0
// expect: events 200 code 0
#include "changing.h"

int main(void)
{
    WSANETWORKEVENTS events;
    WSAEVENT event = WSACreateEvent();
    DWORD count;
    SOCKET s;
    start();
    s = udp();
    must(WSAEventSelect(s, event, FD_ADDRESS_LIST_CHANGE) == 0, "WSAEventSelect");
    result("WSAIoctl", WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &count, NULL, NULL) != 0);
    printf("before %u\n", (unsigned)WSAWaitForMultipleEvents(1, &event, FALSE, 100, FALSE));
    change("address");
    printf("after %u\n", (unsigned)WSAWaitForMultipleEvents(1, &event, FALSE, 5000, FALSE));
    memset(&events, 0, sizeof events);
    must(WSAEnumNetworkEvents(s, event, &events) == 0, "WSAEnumNetworkEvents");
    printf("events %lx code %d\n", (unsigned long)events.lNetworkEvents,
           events.iErrorCode[FD_ADDRESS_LIST_CHANGE_BIT]);
    return 0;
}
