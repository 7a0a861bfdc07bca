// What WSAEventSelect and WSAEnumNetworkEvents refuse.
//
// rule: a handle that is no socket gives WSAENOTSOCK; an event mask without an event WSAEINVAL; no result buffer WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents, return values
// proves: WSAEventSelect WSAEnumNetworkEvents WSAENOTSOCK
// proves: WSAEventSelect WSAEINVAL
// proves: WSAEnumNetworkEvents WSAEFAULT
// expect: WSAEventSelect 10038
// expect: WSAEnumNetworkEvents 10038
// expect: WSAEventSelect no event 10022
// expect: WSAEnumNetworkEvents null 10014
#include "case.h"

int main(void)
{
    WSANETWORKEVENTS events;
    WSAEVENT event;
    SOCKET s;
    start();
    event = WSACreateEvent();
    s = tcp();
    result("WSAEventSelect", WSAEventSelect(0xdeadbeec, event, FD_READ) != 0);
    result("WSAEnumNetworkEvents", WSAEnumNetworkEvents(0xdeadbeec, event, &events) != 0);
    result("WSAEventSelect no event", WSAEventSelect(s, NULL, FD_READ) != 0);
    result("WSAEnumNetworkEvents null", WSAEnumNetworkEvents(s, event, NULL) != 0);
    return 0;
}
