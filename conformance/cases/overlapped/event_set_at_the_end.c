// An overlapped operation's event.
//
// rule: the event is reset when an operation begins and set when it has ended, also when that is at once; a handle
// that is no event gives WSA_INVALID_HANDLE.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, hEvent
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend
// expect: WSARecv 997
// expect: under way 258
// expect: ended 0
// expect: WSASend ok
// expect: sent 0
// expect: cancelled 997
// expect: by CancelIoEx 0
#include "objects.h"

int main(void)
{
    SOCKET client, server;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD count, flags = 0;
    start();
    tcp_pair(&client, &server);
    memset(&operation, 0, sizeof operation);
    operation.hEvent = new_event(TRUE, TRUE);
    result("WSARecv", WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) != 0);
    waited("under way", WaitForSingleObject(operation.hEvent, 50));
    must(send(client, "x", 1, 0) == 1, "send");
    waited("ended", WaitForSingleObject(operation.hEvent, 1000));
    must(ResetEvent(operation.hEvent), "ResetEvent");
    result("WSASend", WSASend(server, &buffer, 1, &count, 0, &operation, NULL) != 0);
    waited("sent", WaitForSingleObject(operation.hEvent, 1000));
    result("cancelled", WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) != 0);
    must(CancelIoEx((HANDLE)server, &operation), "CancelIoEx");
    waited("by CancelIoEx", WaitForSingleObject(operation.hEvent, 1000));
    return 0;
}
