// The WSA forms of the socket calls fail before WSAStartup too.
//
// rule: until the first successful WSAStartup, calls on a socket fail with WSANOTINITIALISED, before the handle is judged.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend and each function's page, "A successful WSAStartup call must occur before using this function"
// proves: WSAAccept WSAConnect WSARecv WSARecvFrom WSASend WSASendTo WSAJoinLeaf WSADuplicateSocket WSANOTINITIALISED
// expect: WSAAccept 10093
// expect: WSAConnect 10093
// expect: WSARecv 10093
// expect: WSARecvFrom 10093
// expect: WSASend 10093
// expect: WSASendTo 10093
// expect: WSAJoinLeaf 10093
// expect: WSADuplicateSocketA 10093
#include "case.h"

int main(void)
{
    SOCKET s = 100;
    struct sockaddr_in at = ipv4("127.0.0.1", 9);
    struct sockaddr *name = (struct sockaddr *)&at;
    int length = sizeof at;
    char byte[1] = {0};
    WSABUF buffer = {1, byte};
    DWORD count = 0, flags = 0;
    WSAPROTOCOL_INFOA info;

    result("WSAAccept", WSAAccept(s, NULL, NULL, NULL, 0) == INVALID_SOCKET);
    result("WSAConnect", WSAConnect(s, name, length, NULL, NULL, NULL, NULL) != 0);
    result("WSARecv", WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    result("WSARecvFrom", WSARecvFrom(s, &buffer, 1, &count, &flags, name, &length, NULL, NULL) != 0);
    result("WSASend", WSASend(s, &buffer, 1, &count, 0, NULL, NULL) != 0);
    result("WSASendTo", WSASendTo(s, &buffer, 1, &count, 0, name, sizeof at, NULL, NULL) != 0);
    result("WSAJoinLeaf", WSAJoinLeaf(s, name, sizeof at, NULL, NULL, NULL, NULL, JL_BOTH) == INVALID_SOCKET);
    result("WSADuplicateSocketA", WSADuplicateSocketA(s, 1, &info) != 0);
    return 0;
}
