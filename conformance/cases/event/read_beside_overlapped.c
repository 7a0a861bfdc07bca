// FD_READ and a pending overlapped receive.
//
// rule: data that a pending WSARecv takes is not told as FD_READ; what comes after it is.
// source: Wine dlls/ws2_32/tests/sock.c, test_read_events, validated on Windows
// expect: pending 997
// expect: taken: nothing
// expect: bytes 1
// expect: more: READ 0
#include "objects.h"

int main(void)
{
    SOCKET client, server;
    HANDLE event;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD count = 0, flags = 0;
    start();
    event = new_event(TRUE, FALSE);
    tcp_pair(&client, &server);
    selects(server, event, FD_READ | FD_CLOSE);
    memset(&operation, 0, sizeof operation);
    operation.hEvent = WSACreateEvent();
    result("pending", WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) != 0);
    must(send(client, "a", 1, 0) == 1, "send");
    must(WaitForSingleObject(operation.hEvent, 1000) == WAIT_OBJECT_0, "wait");
    happened("taken", server, event, 50);
    must(WSAGetOverlappedResult(server, &operation, &count, FALSE, &flags), "WSAGetOverlappedResult");
    printf("bytes %u\n", (unsigned)count);
    must(send(client, "b", 1, 0) == 1, "send");
    happened("more", server, event, 1000);
    return 0;
}
