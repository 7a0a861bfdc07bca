// A failed non-blocking connect shows in the except set only.
//
// rule: select reports a failed connect in exceptfds, not in writefds; SO_ERROR then holds WSAECONNREFUSED.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-select, the list of what each set reports
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 4317, 8101, 8107, validated on Windows
// expect: select 1
// expect: write 0 except 1
// expect: SO_ERROR 10061
// expect: SO_ERROR again 10061
#include "case.h"

static int so_error(SOCKET s)
{
    int value = -1, length = sizeof value;
    must(getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&value, &length) == 0, "SO_ERROR");
    return value;
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET s;
    fd_set writable, failed;
    struct timeval limit = {5, 0};
    start();
    at = unused_port();
    s = tcp();
    nonblocking(s);
    must(connect(s, (struct sockaddr *)&at, sizeof at) != 0 && WSAGetLastError() == WSAEWOULDBLOCK, "connect");
    FD_ZERO(&writable);
    FD_ZERO(&failed);
    FD_SET(s, &writable);
    FD_SET(s, &failed);
    printf("select %d\n", select(0, NULL, &writable, &failed, &limit));
    printf("write %d except %d\n", !!FD_ISSET(s, &writable), !!FD_ISSET(s, &failed));
    printf("SO_ERROR %d\n", so_error(s));
    printf("SO_ERROR again %d\n", so_error(s));
    return 0;
}
