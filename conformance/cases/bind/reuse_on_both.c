// SO_REUSEADDR on both sockets lets both bind and listen.
//
// rule: with SO_REUSEADDR on both, the second bind and listen succeed.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 2232-2242, validated on Windows
// expect: bind ok
// expect: listen ok
#include "case.h"

int main(void)
{
    SOCKET first, second;
    struct sockaddr_in at;
    int on = 1;
    start();
    first = tcp();
    second = tcp();
    must(setsockopt(first, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    must(setsockopt(second, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    at = bind_free(first);
    must(listen(first, 1) == 0, "listen");
    result("bind", bind(second, (struct sockaddr *)&at, sizeof at) != 0);
    result("listen", listen(second, 1) != 0);
    return 0;
}
