// Events and overlapped results need WSAStartup too.
//
// rule: before the first WSAStartup these fail with WSANOTINITIALISED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsagetoverlappedresult, return values
// proves: WSAEventSelect WSAEnumNetworkEvents WSAGetOverlappedResult WSANOTINITIALISED
// expect: WSAEventSelect 10093
// expect: WSAEnumNetworkEvents 10093
// expect: WSAGetOverlappedResult 10093
#include "case.h"

int main(void)
{
    WSANETWORKEVENTS events;
    WSAOVERLAPPED operation;
    DWORD count, flags;
    memset(&operation, 0, sizeof operation);
    result("WSAEventSelect", WSAEventSelect(100, NULL, 0) != 0);
    result("WSAEnumNetworkEvents", WSAEnumNetworkEvents(100, NULL, &events) != 0);
    result("WSAGetOverlappedResult", !WSAGetOverlappedResult(100, &operation, &count, FALSE, &flags));
    return 0;
}
