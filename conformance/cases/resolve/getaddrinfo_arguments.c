// What getaddrinfo refuses without asking anybody.
//
// rule: getaddrinfo returns the code: nothing to resolve 11001, a bad family, type, flag or service its own code.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, return values
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c lines 1631, 2187, 2262, 2426, validated on Windows
// proves: getaddrinfo WSAHOST_NOT_FOUND
// proves: getaddrinfo WSAEAFNOSUPPORT
// proves: getaddrinfo WSAESOCKTNOSUPPORT
// proves: getaddrinfo WSATYPE_NOT_FOUND
// expect: getaddrinfo nothing 11001
// expect: getaddrinfo numeric host wanted 11001
// expect: getaddrinfo family 10047
// expect: getaddrinfo type 10044
// expect: getaddrinfo service 10109
// expect: WSAGetLastError 10109
#include "case.h"

static int with(const char *host, const char *service, int family, int type, int flags)
{
    struct addrinfo hints, *list = NULL;
    int code;
    memset(&hints, 0, sizeof hints);
    hints.ai_family = family;
    hints.ai_socktype = type;
    hints.ai_flags = flags;
    code = getaddrinfo(host, service, &hints, &list);
    if (code == 0)
        freeaddrinfo(list);
    return code;
}

int main(void)
{
    start();
    printf("getaddrinfo nothing %d\n", with(NULL, NULL, 0, 0, 0));
    printf("getaddrinfo numeric host wanted %d\n", with("localhost", NULL, 0, 0, AI_NUMERICHOST));
    printf("getaddrinfo family %d\n", with("127.0.0.1", NULL, 99, 0, 0));
    printf("getaddrinfo type %d\n", with("127.0.0.1", NULL, 0, 99, 0));
    printf("getaddrinfo service %d\n", with("127.0.0.1", "nosuchservice", 0, SOCK_STREAM, 0));
    printf("WSAGetLastError %d\n", WSAGetLastError());
    return 0;
}
