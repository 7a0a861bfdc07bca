// Another thread closes the socket that select waits for.
//
// rule: select wakes up when a socket in it is closed.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c line 3785, validated on Windows
// expect: select woke
#include "case.h"

static void close_soon(void *socket)
{
    sleep_ms(200);
    closesocket(*(SOCKET *)socket);
}

int main(void)
{
    SOCKET s;
    struct sockaddr_in at;
    struct thread thread;
    fd_set set;
    struct timeval limit = {5, 0};
    unsigned long long before;
    start();
    s = udp_bound(&at);
    FD_ZERO(&set);
    FD_SET(s, &set);
    before = GetTickCount64();
    thread_start(&thread, close_soon, &s);
    select(0, &set, NULL, NULL, &limit);
    printf("select %s\n", GetTickCount64() - before < 3000 ? "woke" : "slept on");
    thread_join(&thread);
    return 0;
}
