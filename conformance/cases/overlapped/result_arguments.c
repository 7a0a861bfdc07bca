// What WSAGetOverlappedResult refuses.
//
// rule: no socket gives WSAENOTSOCK, missing pointers WSAEFAULT, an operation under way WSA_IO_INCOMPLETE.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsagetoverlappedresult, return values
// proves: WSAGetOverlappedResult WSAENOTSOCK
// proves: WSAGetOverlappedResult WSAEFAULT
// proves: WSAGetOverlappedResult WSA_IO_INCOMPLETE
// expect: WSAGetOverlappedResult bad socket 10038
// expect: WSAGetOverlappedResult null count 10014
// expect: WSAGetOverlappedResult null operation 10014
// expect: WSAGetOverlappedResult null flags 10014
// expect: WSAGetOverlappedResult under way 996
#include "extension.h"

int main(void)
{
    SOCKET client, server;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD count, flags = 0;
    start();
    tcp_pair(&client, &server);
    with_event(&operation);
    WSARecv(client, &buffer, 1, NULL, &flags, &operation, NULL);
    result("WSAGetOverlappedResult bad socket", !WSAGetOverlappedResult(0xdeadbeec, &operation, &count, FALSE, &flags));
    result("WSAGetOverlappedResult null count", !WSAGetOverlappedResult(client, &operation, NULL, FALSE, &flags));
    result("WSAGetOverlappedResult null operation", !WSAGetOverlappedResult(client, NULL, &count, FALSE, &flags));
    result("WSAGetOverlappedResult null flags", !WSAGetOverlappedResult(client, &operation, &count, FALSE, NULL));
    result("WSAGetOverlappedResult under way", !WSAGetOverlappedResult(client, &operation, &count, FALSE, &flags));
    return 0;
}
