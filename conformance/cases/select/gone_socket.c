// Sets with a socket that is gone.
//
// rule: a socket that was closed before fails the call and leaves the sets alone; one that is closed meanwhile, and asked about for urgent data only, fails it and empties them.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_select, validated on Windows
// proves: select WSAENOTSOCK
// expect: select 10038
// expect: read 2 except 1
// expect: select 10038
// expect: except 0
#include "case.h"

static void close_soon(void *socket)
{
    sleep_ms(200);
    closesocket(*(SOCKET *)socket);
}

int main(void)
{
    fd_set read, except;
    struct timeval limit = {5, 0};
    struct thread thread;
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    closesocket(a);
    FD_ZERO(&read);
    FD_ZERO(&except);
    FD_SET(a, &read);
    FD_SET(b, &read);
    FD_SET(a, &except);
    result("select", select(0, &read, NULL, &except, &limit) < 0);
    printf("read %u except %u\n", read.fd_count, except.fd_count);
    tcp_pair(&a, &b);
    FD_ZERO(&except);
    FD_SET(a, &except);
    thread_start(&thread, close_soon, &a);
    result("select", select(0, NULL, NULL, &except, &limit) < 0);
    printf("except %u\n", except.fd_count);
    thread_join(&thread);
    return 0;
}
