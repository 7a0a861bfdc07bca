// A connect that an ICMP error ends.
//
// rule: with TCP_FAIL_CONNECT_ON_ICMP_ERROR a connect fails with WSAEHOSTUNREACH as soon as a router says so, and
//       TCP_ICMP_ERROR_INFO tells which router; without it, only when its time is over.
// source: https://learn.microsoft.com/windows/win32/winsock/ipproto-tcp-socket-options, TCP_FAIL_CONNECT_ON_ICMP_ERROR
// network: lan
// timeout: 30
// proves: connect WSAEHOSTUNREACH
// expect: before 0
// expect: connect 10065
// expect: icmp 1 type 3
#include "case.h"

#ifndef TCP_FAIL_CONNECT_ON_ICMP_ERROR
#define TCP_FAIL_CONNECT_ON_ICMP_ERROR 18
#define TCP_ICMP_ERROR_INFO 19
#endif

int main(void)
{
    SOCKET s;
    BOOL on = TRUE;
    char info[64];
    int length = sizeof info;
    struct sockaddr_in at = ipv4("203.0.113.65", 9);
    start();
    s = tcp();
    setsockopt(s, IPPROTO_TCP, TCP_FAIL_CONNECT_ON_ICMP_ERROR, (const char *)&on, sizeof on);
    getsockopt(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, info, &length);
    printf("before %d\n", length);
    result("connect", connect(s, (struct sockaddr *)&at, sizeof at) != 0);
    memset(info, 0, sizeof info);
    length = sizeof info;
    getsockopt(s, IPPROTO_TCP, TCP_ICMP_ERROR_INFO, info, &length);
    printf("icmp %d type %d\n", length > 33, info[32]);
    return 0;
}
