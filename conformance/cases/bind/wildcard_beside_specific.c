// The wildcard and a specific address share a port without any option.
//
// rule: binding the wildcard beside a specific address on one port succeeds, and both listen.
// source: https://learn.microsoft.com/windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse, the table
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 2270-2311, validated on Windows
// expect: bind wildcard ok
// expect: listen wildcard ok
#include "case.h"

int main(void)
{
    SOCKET wildcard;
    struct sockaddr_in at;
    start();
    tcp_listening(&at);
    wildcard = tcp();
    at.sin_addr.s_addr = INADDR_ANY;
    result("bind wildcard", bind(wildcard, (struct sockaddr *)&at, sizeof at) != 0);
    result("listen wildcard", listen(wildcard, 1) != 0);
    return 0;
}
