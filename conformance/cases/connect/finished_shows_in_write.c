// A finished non-blocking connect shows in the write set only.
//
// rule: select reports a completed connect in writefds; SO_ERROR is 0 and send works.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, the list of what each set reports
// expect: select 1
// expect: read 0 write 1 except 0
// expect: send ok
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET s;
    fd_set readable, writable, failed;
    struct timeval limit = {5, 0};
    start();
    tcp_listening(&at);
    s = tcp();
    nonblocking(s);
    connect(s, (struct sockaddr *)&at, sizeof at);
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    FD_ZERO(&failed);
    FD_SET(s, &readable);
    FD_SET(s, &writable);
    FD_SET(s, &failed);
    printf("select %d\n", select(0, &readable, &writable, &failed, &limit));
    printf("read %d write %d except %d\n", !!FD_ISSET(s, &readable), !!FD_ISSET(s, &writable), !!FD_ISSET(s, &failed));
    result("send", send(s, "a", 1, 0) != 1);
    return 0;
}
