// SO_REUSEADDR on the second socket alone does not help.
//
// rule: bind with SO_REUSEADDR to an address whose owner set no option fails with WSAEACCES.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 2201, validated on Windows
// proves: bind WSAEACCES
// expect: bind 10013
#include "case.h"

int main(void)
{
    SOCKET second;
    struct sockaddr_in at;
    int on = 1;
    start();
    tcp_listening(&at);
    second = tcp();
    must(setsockopt(second, SOL_SOCKET, SO_REUSEADDR, (char *)&on, sizeof on) == 0, "SO_REUSEADDR");
    result("bind", bind(second, (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
