// A socket whose own receiving side is shut down.
//
// rule: the program's own shutdown leaves nothing to read; the peer's end is told.
// source: Wine 8.0 dlls/ws2_32/tests/afd.c, test_poll, "Test shutdown": AFD_POLL_WRITE and AFD_POLL_CONNECT alone,
//         validated on Windows
// expect: select stream 0
// expect: select stream, both ways 0
// expect: select datagram 0
// expect: select peer ended 1
// expect: select reset 1
#include "case.h"

static void readable(const char *what, SOCKET s)
{
    fd_set set;
    struct timeval now = {0, 0};
    FD_ZERO(&set);
    FD_SET(s, &set);
    printf("select %s %d\n", what, select(0, &set, NULL, NULL, &now));
}

int main(void)
{
    SOCKET client, server, datagrams;
    struct sockaddr_in at;
    start();
    tcp_pair(&client, &server);
    must(shutdown(client, SD_RECEIVE) == 0, "shutdown");
    readable("stream", client);
    must(shutdown(client, SD_SEND) == 0, "shutdown");
    readable("stream, both ways", client);
    datagrams = udp_bound(&at);
    must(shutdown(datagrams, SD_RECEIVE) == 0, "shutdown");
    readable("datagram", datagrams);
    tcp_pair(&client, &server);
    must(shutdown(client, SD_RECEIVE) == 0, "shutdown");
    must(shutdown(server, SD_SEND) == 0, "shutdown");
    sleep_ms(50);
    readable("peer ended", client);
    tcp_pair(&client, &server);
    must(shutdown(client, SD_RECEIVE) == 0, "shutdown");
    reset_connection(server);
    sleep_ms(50);
    readable("reset", client);
    return 0;
}
