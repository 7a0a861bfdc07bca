// WSAGetOverlappedResult without room for its answers.
//
// rule: a missing byte count or flags gives WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsagetoverlappedresult, return values
// proves: WSAGetOverlappedResult WSAEFAULT
// expect: WSAGetOverlappedResult null count 10014
// expect: WSAGetOverlappedResult null flags 10014
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
    result("WSAGetOverlappedResult null count", !WSAGetOverlappedResult(client, &operation, NULL, FALSE, &flags));
    result("WSAGetOverlappedResult null flags", !WSAGetOverlappedResult(client, &operation, &count, FALSE, NULL));
    return 0;
}
