// One set for two questions.
//
// rule: a set that is given for reading and for writing holds the sockets that are ready for either, and counts each once.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_select, validated on Windows
// expect: select 2
// expect: count 2
// expect: select 1
// expect: count 1
#include "case.h"

int main(void)
{
    fd_set set;
    struct timeval limit = {1, 0};
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    must(send(b, "x", 1, 0) == 1, "send");
    wait_readable(a);
    FD_ZERO(&set);
    FD_SET(a, &set);
    FD_SET(b, &set);
    printf("select %d\n", select(0, &set, &set, NULL, &limit));
    printf("count %u\n", set.fd_count);
    FD_ZERO(&set);
    FD_SET(a, &set);
    printf("select %d\n", select(0, &set, &set, NULL, &limit));
    printf("count %u\n", set.fd_count);
    return 0;
}
