// The mark beside an event that keeps a packet away.
//
// rule: with the lowest bit of hEvent set, an operation on a socket of a completion port queues no packet, and sets
// its event.
// source: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getqueuedcompletionstatus, Remarks
// expect: WSARecv 997
// expect: event 0
// expect: no packet 258
// expect: WSARecv 997
// expect: packet 1
#include "objects.h"

int main(void)
{
    SOCKET client, server;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation, *told;
    DWORD count, flags = 0;
    ULONG_PTR key;
    HANDLE event, port;
    start();
    tcp_pair(&client, &server);
    event = new_event(TRUE, FALSE);
    port = CreateIoCompletionPort((HANDLE)server, NULL, 5, 0);
    must(port != NULL, "CreateIoCompletionPort");
    memset(&operation, 0, sizeof operation);
    operation.hEvent = (HANDLE)((ULONG_PTR)event | 1);
    result("WSARecv", WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) != 0);
    must(send(client, "x", 1, 0) == 1, "send");
    // A thread at the port lets the operation end.
    GetQueuedCompletionStatus(port, &count, &key, &told, 100);
    waited("event", WaitForSingleObject(event, 1000));
    win32("no packet", GetQueuedCompletionStatus(port, &count, &key, &told, 50));
    operation.hEvent = event;
    result("WSARecv", WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) != 0);
    must(send(client, "x", 1, 0) == 1, "send");
    must(GetQueuedCompletionStatus(port, &count, &key, &told, 1000), "packet");
    printf("packet %d\n", told == &operation);
    return 0;
}
