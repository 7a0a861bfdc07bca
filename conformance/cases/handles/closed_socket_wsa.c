// The WSA forms on a closed socket say WSAENOTSOCK too.
//
// rule: calls on a handle that was closed fail with WSAENOTSOCK.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend and each function's page, return values
// proves: WSAAccept WSAConnect WSARecv WSASend WSASendTo WSAIoctl WSADuplicateSocket WSAENOTSOCK
// expect: WSAAccept 10038
// expect: WSAConnect 10038
// expect: WSARecv 10038
// expect: WSARecvFrom 10038
// expect: WSASend 10038
// expect: WSASendTo 10038
// expect: WSAIoctl 10038
// expect: WSADuplicateSocketA 10038
#include "case.h"

int main(void)
{
    SOCKET s;
    struct sockaddr_in at = ipv4("127.0.0.1", 9);
    struct sockaddr *name = (struct sockaddr *)&at;
    int length = sizeof at;
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count = 0, flags = 0;
    u_long on = 1;
    WSAPROTOCOL_INFOA info;
    start();
    s = tcp();
    must(closesocket(s) == 0, "closesocket");

    result("WSAAccept", WSAAccept(s, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    result("WSAConnect", WSAConnect(s, name, length, NULL, NULL, NULL, NULL) != 0);
    result("WSARecv", WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom", WSARecvFrom(s, &buffer, 1, &count, &flags, name, &length, NULL, NULL) != 0);
    result("WSASend", WSASend(s, &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("WSASendTo", WSASendTo(s, &buffer, 1, &count, 0, name, sizeof at, NULL, NULL) != 0);
    result("WSAIoctl", WSAIoctl(s, FIONBIO, &on, sizeof on, NULL, 0, &count, NULL, NULL) != 0);
    result("WSADuplicateSocketA", WSADuplicateSocketA(s, GetCurrentProcessId(), &info) != 0);
    return 0;
}
