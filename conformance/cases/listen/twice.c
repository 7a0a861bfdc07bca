// listen may be called again.
//
// rule: a second listen succeeds and changes nothing but the backlog.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 3903, validated on Windows
// expect: listen ok
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    start();
    result("listen", listen(tcp_listening(&at), 7) != 0);
    return 0;
}
