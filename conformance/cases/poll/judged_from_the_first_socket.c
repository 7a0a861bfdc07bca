// Who judges the questions.
//
// rule: questions that Windows does not know fail the call from the first socket on; what stands before it is no socket and is told so, whatever was asked.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSAPoll, validated on Windows
// expect: before 0
// expect: 4 0
// expect: behind 10022
// expect: 0 0
// expect: no socket 10038
// expect: 4 4
#include "case.h"

static void ask(const char *what, SOCKET first, short events, SOCKET second, short others)
{
    WSAPOLLFD asked[2];
    int count;
    asked[0].fd = first;
    asked[0].events = events;
    asked[1].fd = second;
    asked[1].events = others;
    asked[0].revents = asked[1].revents = 0x5ead;
    count = WSAPoll(asked, 2, 0);
    printf("%s %d\n", what, count < 0 ? WSAGetLastError() : count);
    printf("%d %d\n", asked[0].revents, asked[1].revents);
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET s, none = (SOCKET)0xabacab;
    start();
    s = tcp_listening(&at);
    ask("before", INVALID_SOCKET, POLLERR, s, POLLIN);
    ask("behind", s, POLLIN, none, POLLERR);
    ask("no socket", INVALID_SOCKET, POLLERR, none, POLLERR);
    return 0;
}
