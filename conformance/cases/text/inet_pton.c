// What inet_pton says to bad arguments and bad text.
//
// rule: another family gives -1 with WSAEAFNOSUPPORT, NULL -1 with WSAEFAULT, bad text 0.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-inet_pton, return values
// source: Wine 8.0 dlls/ws2_32/tests/protocol.c lines 1013-1059, validated on Windows
// proves: inet_pton WSAEAFNOSUPPORT
// proves: inet_pton WSAEFAULT
// expect: inet_pton family 10047
// expect: inet_pton null text 10014
// expect: inet_pton null output 10014
// expect: inet_pton text 0
// expect: inet_pton good 1
#include "case.h"

int main(void)
{
    struct in_addr address;
    start();
    result("inet_pton family", inet_pton(99, "127.0.0.1", &address) < 0);
    result("inet_pton null text", inet_pton(AF_INET, NULL, &address) < 0);
    result("inet_pton null output", inet_pton(AF_INET, "127.0.0.1", NULL) < 0);
    printf("inet_pton text %d\n", inet_pton(AF_INET, "127.0.0.256", &address));
    printf("inet_pton good %d\n", inet_pton(AF_INET, "127.0.0.1", &address));
    return 0;
}
