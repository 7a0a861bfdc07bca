// Making sockets and resolving names fails before WSAStartup.
//
// rule: until the first successful WSAStartup, these calls fail with WSANOTINITIALISED; getaddrinfo returns the code.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-socket and each function's page, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 991-998 and protocol.c line 3026, validated on Windows
// proves: socket WSASocket WSACleanup gethostname gethostbyname getaddrinfo WSANOTINITIALISED
// expect: socket 10093
// expect: WSASocketA 10093
// expect: WSACleanup 10093
// expect: gethostname 10093
// expect: gethostbyname 10093
// expect: getaddrinfo 10093
#include "case.h"

int main(void)
{
    char name[256];
    struct addrinfo *list = NULL;

    result("socket", socket(AF_INET, SOCK_STREAM, 0) == INVALID_SOCKET);
    result("WSASocketA", WSASocketA(AF_INET, SOCK_STREAM, 0, NULL, 0, 0) == INVALID_SOCKET);
    result("WSACleanup", WSACleanup() != 0);
    result("gethostname", gethostname(name, sizeof name) != 0);
    result("gethostbyname", gethostbyname("localhost") == NULL);
    printf("getaddrinfo %d\n", getaddrinfo("localhost", NULL, NULL, &list));
    return 0;
}
