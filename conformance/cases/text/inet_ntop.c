// What inet_ntop says to bad arguments.
//
// rule: another family gives WSAEAFNOSUPPORT; no buffer or one too small ERROR_INVALID_PARAMETER.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-inetntopw, return values
// proves: inet_ntop WSAEAFNOSUPPORT
// proves: inet_ntop WSA_INVALID_PARAMETER
// expect: inet_ntop family 10047
// expect: inet_ntop short 87
// expect: inet_ntop null 87
// expect: inet_ntop good 127.0.0.1
#include "case.h"

int main(void)
{
    struct in_addr address;
    char text[32];
    start();
    address.s_addr = htonl(0x7f000001);
    result("inet_ntop family", inet_ntop(99, &address, text, sizeof text) == NULL);
    result("inet_ntop short", inet_ntop(AF_INET, &address, text, 4) == NULL);
    result("inet_ntop null", inet_ntop(AF_INET, &address, NULL, 32) == NULL);
    printf("inet_ntop good %s\n", inet_ntop(AF_INET, &address, text, sizeof text));
    return 0;
}
