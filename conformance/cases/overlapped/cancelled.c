// A queued operation is cancelled.
//
// rule: CancelIoEx ends a queued receive with WSA_OPERATION_ABORTED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, return values
// proves: WSARecv WSARecvFrom WSA_OPERATION_ABORTED
// expect: WSARecv completed 995
// expect: WSARecvFrom completed 995
#include "extension.h"

int main(void)
{
    SOCKET client, server, s;
    struct sockaddr_in at;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD flags = 0;
    start();
    tcp_pair(&client, &server);
    fresh(&operation);
    WSARecv(client, &buffer, 1, NULL, &flags, &operation, NULL);
    must(CancelIoEx((HANDLE)client, (OVERLAPPED *)&operation), "CancelIoEx");
    completed("WSARecv completed", client, &operation);
    s = udp_bound(&at);
    fresh(&operation);
    flags = 0;
    WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operation, NULL);
    must(CancelIoEx((HANDLE)s, (OVERLAPPED *)&operation), "CancelIoEx");
    completed("WSARecvFrom completed", s, &operation);
    return 0;
}
