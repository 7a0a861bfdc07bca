// Winsock's own names.
//
// rule: WSACreateEvent makes an event that is reset and stays set once it is; WSAWaitForMultipleEvents fails with WSA_INVALID_HANDLE and WSA_INVALID_PARAMETER.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsacreateevent
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsawaitformultipleevents, return values
// expect: reset 258
// expect: set 0
// expect: still set 0
// expect: WSAResetEvent ok
// expect: all 258
// expect: none failed 87
// expect: 65 failed 87
// expect: bad failed 6
// expect: WSASetEvent bad 6
// expect: WSACloseEvent ok
// expect: WSACloseEvent again 6
#include "objects.h"

int main(void)
{
    WSAEVENT two[65];
    int i;
    start();
    two[0] = WSACreateEvent();
    two[1] = WSACreateEvent();
    for (i = 2; i < 65; i++)
        two[i] = two[0];
    waited("reset", WSAWaitForMultipleEvents(2, two, FALSE, 0, FALSE));
    must(WSASetEvent(two[0]), "WSASetEvent");
    waited("set", WSAWaitForMultipleEvents(2, two, FALSE, 0, FALSE));
    waited("still set", WSAWaitForMultipleEvents(1, two, TRUE, WSA_INFINITE, FALSE));
    win32("WSAResetEvent", WSAResetEvent(two[0]));
    must(WSASetEvent(two[1]), "WSASetEvent");
    waited("all", WSAWaitForMultipleEvents(2, two, TRUE, 20, FALSE));
    waited("none", WSAWaitForMultipleEvents(0, two, FALSE, 0, FALSE));
    waited("65", WSAWaitForMultipleEvents(65, two, FALSE, 0, FALSE));
    two[1] = (WSAEVENT)(ULONG_PTR)0xdeadbeec;
    waited("bad", WSAWaitForMultipleEvents(2, two, FALSE, 0, FALSE));
    win32("WSASetEvent bad", WSASetEvent(two[1]));
    win32("WSACloseEvent", WSACloseEvent(two[0]));
    win32("WSACloseEvent again", WSACloseEvent(two[0]));
    return 0;
}
