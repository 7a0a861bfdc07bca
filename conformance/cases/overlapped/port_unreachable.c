// An earlier datagram found nobody on its port.
//
// rule: a queued WSARecvFrom completes with WSAECONNRESET; to who asks in Win32 terms it is ERROR_PORT_UNREACHABLE, 1234.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, return values
// proves: WSARecvFrom WSAECONNRESET
// expect: WSARecvFrom completed 10054
// expect: WSARecvFrom win32 1234
#include "extension.h"

int main(void)
{
    struct sockaddr_in at, gone;
    char byte[1];
    WSABUF buffer = {1, byte};
    WSAOVERLAPPED operation;
    DWORD flags = 0, count;
    SOCKET s;
    start();
    must(closesocket(udp_bound(&gone)) == 0, "closesocket");
    s = udp_bound(&at);
    fresh(&operation);
    WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, &operation, NULL);
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&gone, sizeof gone) == 1, "sendto");
    completed("WSARecvFrom completed", s, &operation);
    result("WSARecvFrom win32", !GetOverlappedResult((HANDLE)s, &operation, &count, FALSE));
    return 0;
}
