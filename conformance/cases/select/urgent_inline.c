// Urgent data among the data.
//
// rule: with SO_OOBINLINE an urgent byte is something to read and nothing exceptional; one that was received before does not come again.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_select, test_WSAPoll and test_fionread_siocatmark, validated on Windows
// expect: taken A
// expect: mark 1 bytes 0
// expect: select 1 read 1 except 0
// expect: WSAPoll 1 0100
// expect: mark 1 bytes 1
// expect: read B
// expect: bytes 0
#include "case.h"

static void state(SOCKET s)
{
    u_long mark = 7, bytes = 7;
    must(ioctlsocket(s, SIOCATMARK, &mark) == 0, "SIOCATMARK");
    must(ioctlsocket(s, FIONREAD, &bytes) == 0, "FIONREAD");
    printf("mark %u bytes %u\n", (unsigned)mark, (unsigned)bytes);
}

int main(void)
{
    fd_set read, except;
    struct timeval limit = {2, 0};
    WSAPOLLFD asked = {0};
    BOOL on = TRUE;
    char byte = 0;
    u_long left = 7;
    int count;
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    must(send(a, "A", 1, MSG_OOB) == 1, "send");
    FD_ZERO(&except);
    FD_SET(b, &except);
    must(select(0, NULL, NULL, &except, &limit) == 1, "select");
    must(recv(b, &byte, 1, MSG_OOB) == 1, "recv");
    printf("taken %c\n", byte);
    must(setsockopt(b, SOL_SOCKET, SO_OOBINLINE, (char *)&on, sizeof on) == 0, "SO_OOBINLINE");
    state(b);
    must(send(a, "B", 1, MSG_OOB) == 1, "send");
    FD_ZERO(&read);
    FD_ZERO(&except);
    FD_SET(b, &read);
    FD_SET(b, &except);
    count = select(0, &read, NULL, &except, &limit);
    printf("select %d read %u except %u\n", count, read.fd_count, except.fd_count);
    asked.fd = b;
    asked.events = POLLRDNORM | POLLRDBAND;
    count = WSAPoll(&asked, 1, 0);
    printf("WSAPoll %d %04x\n", count, asked.revents);
    state(b);
    must(recv(b, &byte, 1, 0) == 1, "recv");
    printf("read %c\n", byte);
    must(ioctlsocket(b, FIONREAD, &left) == 0, "FIONREAD");
    printf("bytes %u\n", (unsigned)left);
    return 0;
}
