// No room for the events.
//
// rule: WSAEnumNetworkEvents with a NULL result fails with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents, return values
// proves: WSAEnumNetworkEvents WSAEFAULT
// expect: WSAEnumNetworkEvents 10014
#include "case.h"

int main(void)
{
    start();
    result("WSAEnumNetworkEvents", WSAEnumNetworkEvents(tcp(), NULL, NULL) != 0);
    return 0;
}
