// Handles that are no sockets among the entries.
//
// rule: a bad handle gets POLLNVAL and does not count; when all are bad WSAPoll fails with WSAENOTSOCK.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 7826-7864, validated on Windows
// expect: WSAPoll 1
// expect: revents good POLLOUT
// expect: revents bad POLLNVAL
// expect: WSAPoll all bad 10038
#include "case.h"

int main(void)
{
    WSAPOLLFD entry[2];
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    memset(entry, 0, sizeof entry);
    entry[0].fd = client;
    entry[1].fd = 0xdeadbeec;
    entry[0].events = entry[1].events = POLLOUT;
    printf("WSAPoll %d\n", WSAPoll(entry, 2, 0));
    printf("revents good %s\n", entry[0].revents == POLLOUT ? "POLLOUT" : "other");
    printf("revents bad %s\n", entry[1].revents == POLLNVAL ? "POLLNVAL" : "other");
    result("WSAPoll all bad", WSAPoll(entry + 1, 1, 0) < 0);
    return 0;
}
