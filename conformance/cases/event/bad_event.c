// A handle that is no event.
//
// rule: WSAEnumNetworkEvents with a handle that is no event fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents, return values
// proves: WSAEnumNetworkEvents WSAEINVAL
// expect: WSAEnumNetworkEvents 10022
#include "case.h"

int main(void)
{
    WSANETWORKEVENTS events;
    start();
    result("WSAEnumNetworkEvents", WSAEnumNetworkEvents(tcp(), (WSAEVENT)(UINT_PTR)0xdeadbeec, &events) != 0);
    return 0;
}
