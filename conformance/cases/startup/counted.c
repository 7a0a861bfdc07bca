// WSAStartup counts; the library stays usable until the last WSACleanup.
//
// rule: each successful WSAStartup needs its own WSACleanup; one too many fails with WSANOTINITIALISED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsacleanup, remarks
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 1098, validated on Windows
// proves: WSACleanup WSANOTINITIALISED
// proves: socket WSANOTINITIALISED
// expect: socket after 1 of 2 ok
// expect: WSACleanup ok
// expect: socket 10093
// expect: WSACleanup 10093
#include "case.h"

int main(void)
{
    start();
    start();
    must(WSACleanup() == 0, "WSACleanup");
    result("socket after 1 of 2", socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET);
    result("WSACleanup", WSACleanup() != 0);
    result("socket", socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET);
    result("WSACleanup", WSACleanup() != 0);
    return 0;
}
