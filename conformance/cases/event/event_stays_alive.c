// The event object of a selection.
//
// rule: WSAEnumNetworkEvents resets the event it is given and no other; the selection keeps the object when a handle
// of it is closed.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaenumnetworkevents
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaeventselect, Remarks
// expect: still set 0
// expect: set through the other handle 0
#include "objects.h"

int main(void)
{
    SOCKET client, server;
    HANDLE event, other = NULL;
    WSANETWORKEVENTS events;
    start();
    event = new_event(TRUE, FALSE);
    must(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(), &other, 0, FALSE, DUPLICATE_SAME_ACCESS),
         "DuplicateHandle");
    tcp_pair(&client, &server);
    selects(server, event, FD_READ);
    must(send(client, "x", 1, 0) == 1, "send");
    must(WaitForSingleObject(event, 1000) == WAIT_OBJECT_0, "wait");
    must(WSAEnumNetworkEvents(server, NULL, &events) == 0, "WSAEnumNetworkEvents");
    waited("still set", WaitForSingleObject(event, 0));
    must(CloseHandle(event) && ResetEvent(other), "CloseHandle");
    must(send(client, "x", 1, 0) == 1, "send");
    must(recv(server, (char *)&events, 1, 0) == 1, "recv");
    waited("set through the other handle", WaitForSingleObject(other, 1000));
    return 0;
}
