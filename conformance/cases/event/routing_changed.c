// FD_ROUTING_INTERFACE_CHANGE tells whether the destination can be reached still.
//
// rule: on a socket that does not block SIO_ROUTING_INTERFACE_CHANGE fails with WSAEWOULDBLOCK; when the way changes the
// network event is recorded, with WSAENETUNREACH if the destination cannot be reached any more.
// source: https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls, SIO_ROUTING_INTERFACE_CHANGE
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents, the list of codes per event
// network: changing
// timeout: 30
// proves: WSAEnumNetworkEvents:FD_ROUTING_INTERFACE_CHANGE WSAENETUNREACH
// proves: WSAIoctl WSAEWOULDBLOCK
// expect: WSAIoctl 10035
// expect: before 258
// expect: after 0
// expect: events 100
// expect: WSAEnumNetworkEvents:FD_ROUTING_INTERFACE_CHANGE 10051
// expect: asked again 258
#include "changing.h"

int main(void)
{
    struct sockaddr_in to = ipv4("203.0.113.7", 0);
    WSANETWORKEVENTS events;
    WSAEVENT event = WSACreateEvent();
    DWORD count;
    SOCKET s;
    start();
    s = udp();
    must(WSAEventSelect(s, event, FD_ROUTING_INTERFACE_CHANGE) == 0, "WSAEventSelect");
    result("WSAIoctl",
           WSAIoctl(s, SIO_ROUTING_INTERFACE_CHANGE, &to, sizeof to, NULL, 0, &count, NULL, NULL) != 0);
    printf("before %u\n", (unsigned)WSAWaitForMultipleEvents(1, &event, FALSE, 100, FALSE));
    change("no-route");
    printf("after %u\n", (unsigned)WSAWaitForMultipleEvents(1, &event, FALSE, 5000, FALSE));
    memset(&events, 0, sizeof events);
    must(WSAEnumNetworkEvents(s, event, &events) == 0, "WSAEnumNetworkEvents");
    printf("events %lx\n", (unsigned long)events.lNetworkEvents);
    printf("WSAEnumNetworkEvents:FD_ROUTING_INTERFACE_CHANGE %d\n", events.iErrorCode[FD_ROUTING_INTERFACE_CHANGE_BIT]);
    change("address");
    printf("asked again %u\n", (unsigned)WSAWaitForMultipleEvents(1, &event, FALSE, 100, FALSE));
    return 0;
}
