// What WSAGetOverlappedResult refuses.
//
// rule: no socket gives WSAENOTSOCK, an operation under way WSA_IO_INCOMPLETE, no operation WSA_INVALID_PARAMETER.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsagetoverlappedresult, return values
// proves: WSAGetOverlappedResult WSAENOTSOCK
// proves: WSAGetOverlappedResult WSA_IO_INCOMPLETE
// proves: WSAGetOverlappedResult WSA_INVALID_PARAMETER
// expect: WSAGetOverlappedResult bad socket 10038
// expect: WSAGetOverlappedResult no operation 87
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
    fresh(&operation);
    WSARecv(client, &buffer, 1, NULL, &flags, &operation, NULL);
    result("WSAGetOverlappedResult bad socket", !WSAGetOverlappedResult(0xdeadbeec, &operation, &count, FALSE, &flags));
    result("WSAGetOverlappedResult no operation", !WSAGetOverlappedResult(client, NULL, &count, FALSE, &flags));
    result("WSAGetOverlappedResult under way", !WSAGetOverlappedResult(client, &operation, &count, FALSE, &flags));
    return 0;
}
