// A time that is none.
//
// rule: a negative number of seconds fails with WSAEINVAL; negative microseconds are added to the seconds, and a sum below
//       nothing looks once.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, return values
// source: https://github.com/nanomsg/nanomsg/pull/1028: seen on Windows, {0, -1000} ends at once like a time that is over,
//         and its test of polls, which passes there, finds with it what is ready
// proves: select WSAEINVAL
// expect: select negative seconds 10022
// expect: select negative microseconds ok 0
// expect: select negative microseconds, ready ok 1
// expect: select a second less some microseconds ok 1
#include "case.h"

static void looks(const char *what, SOCKET s, struct timeval time)
{
    fd_set set;
    int ready;
    FD_ZERO(&set);
    FD_SET(s, &set);
    ready = select(0, &set, NULL, NULL, &time);
    if (ready < 0)
        result(what, 1);
    else
        printf("%s ok %d\n", what, ready);
}

int main(void)
{
    struct timeval seconds = {-1, 0}, microseconds = {0, -1000}, both = {1, -1000};
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    looks("select negative seconds", client, seconds);
    looks("select negative microseconds", client, microseconds);
    must(send(server, "x", 1, 0) == 1, "send");
    wait_readable(client);
    looks("select negative microseconds, ready", client, microseconds);
    looks("select a second less some microseconds", client, both);
    return 0;
}
