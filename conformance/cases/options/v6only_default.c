// An IPv6 socket is for IPv6 only, unless told otherwise.
//
// rule: IPV6_V6ONLY is on by default: a listener on :: leaves the IPv4 port free.
// source: https://learn.microsoft.com/windows/win32/winsock/ipproto-ipv6-socket-options, IPV6_V6ONLY
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 6962, validated on Windows
// expect: IPV6_V6ONLY 1
// expect: bind 0.0.0.0 ok
#include "case.h"

int main(void)
{
    SOCKET six;
    struct sockaddr_in6 any6;
    struct sockaddr_in any;
    int value = 0, length = sizeof value;
    start();
    six = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP);
    must(getsockopt(six, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&value, &length) == 0, "IPV6_V6ONLY");
    printf("IPV6_V6ONLY %d\n", value & 0xff);
    memset(&any6, 0, sizeof any6);
    any6.sin6_family = AF_INET6;
    must(bind(six, (struct sockaddr *)&any6, sizeof any6) == 0, "bind ::");
    length = sizeof any6;
    must(getsockname(six, (struct sockaddr *)&any6, &length) == 0, "getsockname");
    any = ipv4("0.0.0.0", 0);
    any.sin_port = any6.sin6_port;
    result("bind 0.0.0.0", bind(tcp(), (struct sockaddr *)&any, sizeof any) != 0);
    return 0;
}
