// WSAStartup with a NULL WSADATA is refused.
//
// rule: WSAStartup(version, NULL) returns WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsastartup, return value
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c line 3029, validated on Windows
// proves: WSAStartup WSAEFAULT
// expect: WSAStartup 10014
// expect: socket 10093
#include "case.h"

int main(void)
{
    printf("WSAStartup %d\n", WSAStartup(MAKEWORD(2, 2), NULL));
    result("socket", socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET);
    return 0;
}
