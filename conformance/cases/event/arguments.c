// What WSAEventSelect and WSAEnumNetworkEvents refuse.
//
// rule: a handle that is no socket gives WSAENOTSOCK; an event mask without an event WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents, return values
// proves: WSAEventSelect WSAEnumNetworkEvents WSAENOTSOCK
// proves: WSAEventSelect WSAEINVAL
// expect: WSAEventSelect 10038
// expect: WSAEnumNetworkEvents 10038
// expect: WSAEventSelect no event 10022
#include "case.h"

int main(void)
{
    WSANETWORKEVENTS events;
    WSAEVENT event;
    start();
    event = WSACreateEvent();
    result("WSAEventSelect", WSAEventSelect(0xdeadbeec, event, FD_READ) != 0);
    result("WSAEnumNetworkEvents", WSAEnumNetworkEvents(0xdeadbeec, event, &events) != 0);
    result("WSAEventSelect no event", WSAEventSelect(tcp(), NULL, FD_READ) != 0);
    return 0;
}
