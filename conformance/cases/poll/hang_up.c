// Hang-up.
//
// rule: the end of the peer's data is hang-up even while data are left to read; the program's own shutdown is not; a socket that is closed meanwhile is told as such.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSAPoll, validated on Windows
// expect: own shutdown 0010
// expect: data 0110
// expect: data and end 0112
// expect: end 0012
// expect: closed 1 0004
#include "case.h"

static int ask(SOCKET s, int limit)
{
    WSAPOLLFD asked = {0};
    asked.fd = s;
    asked.events = POLLRDNORM | POLLWRNORM;
    WSAPoll(&asked, 1, limit);
    return asked.revents;
}

static void close_soon(void *socket)
{
    sleep_ms(200);
    closesocket(*(SOCKET *)socket);
}

int main(void)
{
    WSAPOLLFD asked = {0};
    struct thread thread;
    char byte;
    int count;
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    must(shutdown(a, SD_RECEIVE) == 0, "shutdown");
    printf("own shutdown %04x\n", ask(a, 0));
    must(send(a, "x", 1, 0) == 1, "send");
    wait_readable(b);
    printf("data %04x\n", ask(b, 0));
    must(shutdown(a, SD_SEND) == 0, "shutdown");
    sleep_ms(100);
    printf("data and end %04x\n", ask(b, 0));
    must(recv(b, &byte, 1, 0) == 1, "recv");
    printf("end %04x\n", ask(b, 0));
    tcp_pair(&a, &b);
    thread_start(&thread, close_soon, &a);
    asked.fd = a;
    asked.events = POLLRDNORM;
    count = WSAPoll(&asked, 1, 5000);
    printf("closed %d %04x\n", count, asked.revents);
    thread_join(&thread);
    return 0;
}
