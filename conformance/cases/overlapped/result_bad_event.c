// Waiting for a result by an event that is gone.
//
// rule: WSAGetOverlappedResult that must wait fails with WSA_INVALID_HANDLE if hEvent is no event.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsagetoverlappedresult, return values
// proves: WSAGetOverlappedResult WSA_INVALID_HANDLE
// expect: WSAGetOverlappedResult 6
// expect: without waiting 996
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
    operation.hEvent = new_event(TRUE, FALSE);
    must(WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) != 0, "WSARecv");
    must(CloseHandle(operation.hEvent), "CloseHandle");
    result("WSAGetOverlappedResult", !WSAGetOverlappedResult(server, &operation, &count, TRUE, &flags));
    result("without waiting", !WSAGetOverlappedResult(server, &operation, &count, FALSE, &flags));
    return 0;
}
