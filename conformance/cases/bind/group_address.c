// The address of a group, as the name of a socket.
//
// rule: bind to a multicast address fails with WSAEADDRNOTAVAIL, since it is no address of this computer: a receiver binds
//   to the wildcard and joins the group. So does a stream socket's bind to the broadcast address.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-bind, WSAEADDRNOTAVAIL
// proves: bind WSAEADDRNOTAVAIL
// expect: bind datagrams 10049
// expect: bind stream 10049
// expect: bind datagrams of IPv6 10049
// expect: bind stream to broadcast 10049
// expect: bind still unbound ok
#include "case.h"

int main(void)
{
    struct sockaddr_in group = ipv4("239.1.2.3", 0), any = ipv4("0.0.0.0", 0), all = ipv4("255.255.255.255", 0);
    struct sockaddr_in6 group6;
    SOCKET s, s6;
    start();
    s = udp();
    result("bind datagrams", bind(s, (struct sockaddr *)&group, sizeof group) != 0);
    result("bind stream", bind(tcp(), (struct sockaddr *)&group, sizeof group) != 0);
    memset(&group6, 0, sizeof group6);
    group6.sin6_family = AF_INET6;
    must(inet_pton(AF_INET6, "ff0e::1:2", &group6.sin6_addr) == 1, "inet_pton");
    must((s6 = socket(AF_INET6, SOCK_DGRAM, 0)) != INVALID_SOCKET, "socket");
    result("bind datagrams of IPv6", bind(s6, (struct sockaddr *)&group6, sizeof group6) != 0);
    result("bind stream to broadcast", bind(tcp(), (struct sockaddr *)&all, sizeof all) != 0);
    result("bind still unbound", bind(s, (struct sockaddr *)&any, sizeof any) != 0);
    return 0;
}
