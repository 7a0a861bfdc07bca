// What select leaves in the sets.
//
// rule: the ready sockets move to the front and fd_count says how many; the time-out stays as it was.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, remarks
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 4090, 4322, validated on Windows
// expect: select 1
// expect: count 1 first is the ready one
// expect: timeout 5 0
// expect: select 0
// expect: count 0
#include "case.h"

int main(void)
{
    fd_set set;
    struct timeval limit = {5, 0}, now = {0, 0};
    SOCKET a, b, c, d;
    start();
    tcp_pair(&a, &b);
    tcp_pair(&c, &d);
    must(send(d, "x", 1, 0) == 1, "send");
    wait_readable(c);
    FD_ZERO(&set);
    FD_SET(a, &set);
    FD_SET(c, &set);
    printf("select %d\n", select(1, &set, NULL, NULL, &limit));
    printf("count %u first is %s\n", set.fd_count, set.fd_array[0] == c ? "the ready one" : "another");
    printf("timeout %ld %ld\n", (long)limit.tv_sec, (long)limit.tv_usec);
    FD_ZERO(&set);
    FD_SET(a, &set);
    printf("select %d\n", select(0, &set, NULL, NULL, &now));
    printf("count %u\n", set.fd_count);
    return 0;
}
