// WSAPoll with nothing, with no array, with flags it does not take.
//
// rule: no entries gives WSAEINVAL, a NULL array WSAEFAULT, output flags as input WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsapoll, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 7774-7805, validated on Windows
// proves: WSAPoll WSAEINVAL
// proves: WSAPoll WSAEFAULT
// expect: WSAPoll none 10022
// expect: WSAPoll null 10014
// expect: WSAPoll POLLERR 10022
// expect: WSAPoll POLLHUP 10022
// expect: WSAPoll POLLNVAL 10022
// expect: WSAPoll POLLPRI 10022
#include "case.h"

static void with(const char *what, SOCKET s, short events)
{
    WSAPOLLFD entry = {0};
    entry.fd = s;
    entry.events = events;
    result(what, WSAPoll(&entry, 1, 0) < 0);
}

int main(void)
{
    WSAPOLLFD entry = {0};
    SOCKET client, server;
    start();
    tcp_pair(&client, &server);
    entry.fd = client;
    entry.events = POLLIN;
    result("WSAPoll none", WSAPoll(&entry, 0, 0) < 0);
    result("WSAPoll null", WSAPoll(NULL, 1, 0) < 0);
    with("WSAPoll POLLERR", client, POLLERR);
    with("WSAPoll POLLHUP", client, POLLHUP);
    with("WSAPoll POLLNVAL", client, POLLNVAL);
    with("WSAPoll POLLPRI", client, POLLPRI);
    return 0;
}
