// IPv4's wildcard beside that of both families.
//
// rule: the wildcard of both families is to the one of IPv4 as a wildcard is to an address: both may be bound, unless the wider one has the port for itself.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_reuseaddr, tests_exclusive, validated on Windows
// expect: both ok
// expect: second exclusive ok
// expect: first exclusive 10013
#include "case.h"

static SOCKET any(int family, BOOL exclusive, unsigned short port, unsigned short *told)
{
    struct sockaddr_in6 at = {0};
    DWORD off = 0;
    int length = sizeof at;
    SOCKET s = socket(family, SOCK_STREAM, 0);
    must(s != INVALID_SOCKET, "socket");
    must(setsockopt(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, (char *)&exclusive, sizeof exclusive) == 0, "exclusive");
    if (family == AF_INET6)
        must(setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&off, sizeof off) == 0, "IPV6_V6ONLY");
    at.sin6_family = (unsigned short)family;
    at.sin6_port = htons(port);
    if (bind(s, (struct sockaddr *)&at, family == AF_INET6 ? sizeof at : sizeof(struct sockaddr_in)) != 0)
        return INVALID_SOCKET;
    must(getsockname(s, (struct sockaddr *)&at, &length) == 0, "getsockname");
    *told = ntohs(at.sin6_port);
    return s;
}

static void ask(const char *what, BOOL first, BOOL second)
{
    unsigned short port = 0;
    SOCKET wide = any(AF_INET6, first, 0, &port), narrow = any(AF_INET, second, port, &port);
    result(what, narrow == INVALID_SOCKET);
    closesocket(wide);
    closesocket(narrow);
}

int main(void)
{
    start();
    ask("both", FALSE, FALSE);
    ask("second exclusive", FALSE, TRUE);
    ask("first exclusive", TRUE, FALSE);
    return 0;
}
