// WSAPoll after a failed non-blocking connect.
//
// rule: a failed connect reports POLLWRNORM, POLLHUP and POLLERR.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 8095, validated on Windows
// expect: WSAPoll 1
// expect: POLLWRNORM 1 POLLHUP 1 POLLERR 1
#include "case.h"

int main(void)
{
    WSAPOLLFD entry = {0};
    struct sockaddr_in at;
    start();
    at = unused_port();
    entry.fd = tcp();
    nonblocking(entry.fd);
    connect(entry.fd, (struct sockaddr *)&at, sizeof at);
    sleep_ms(50);
    entry.events = POLLRDNORM | POLLWRNORM;
    printf("WSAPoll %d\n", WSAPoll(&entry, 1, 5000));
    printf("POLLWRNORM %d POLLHUP %d POLLERR %d\n", !!(entry.revents & POLLWRNORM), !!(entry.revents & POLLHUP),
           !!(entry.revents & POLLERR));
    return 0;
}
