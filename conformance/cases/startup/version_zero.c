// WSAStartup returns its code; version 0.x is not supported.
//
// rule: WSAStartup returns WSAVERNOTSUPPORTED for a major version of 0 and leaves the library unstarted.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsastartup, return value
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c line 2999, validated on Windows
// proves: WSAStartup WSAVERNOTSUPPORTED
// expect: WSAStartup 10092
// expect: socket 10093
#include "case.h"

int main(void)
{
    WSADATA data;
    printf("WSAStartup %d\n", WSAStartup(MAKEWORD(0, 5), &data));
    result("socket", socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET);
    return 0;
}
