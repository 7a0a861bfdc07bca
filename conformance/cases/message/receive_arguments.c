// What WSARecvMsg refuses.
//
// rule: no message 10014, control data or a name without memory 10014, flags other than MSG_PEEK 10045, an unbound socket
// rule: 10022, no socket 10038.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_wsarecvmsg, return values
// expect: WSARecvMsg no message 10014
// expect: WSARecvMsg no control 10014
// expect: WSARecvMsg no name 10014
// expect: WSARecvMsg flags 10045
// expect: WSARecvMsg no socket 10038
// expect: WSARecvMsg unbound 10022
#include "message.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET s;
    DWORD count;
    WSAMSG *m;
    start();
    recv_msg();
    s = udp_bound(&at);
    nonblocking(s);
    result("WSARecvMsg no message", WSARecvMsg(s, NULL, NULL, NULL, NULL) != 0);
    m = prepared(8, 0);
    m->Control.len = 5;
    result("WSARecvMsg no control", WSARecvMsg(s, m, &count, NULL, NULL) != 0);
    m = prepared(8, 0);
    m->name = NULL;
    result("WSARecvMsg no name", WSARecvMsg(s, m, &count, NULL, NULL) != 0);
    m = prepared(8, 0);
    m->dwFlags = MSG_OOB;
    result("WSARecvMsg flags", WSARecvMsg(s, m, &count, NULL, NULL) != 0);
    result("WSARecvMsg no socket", WSARecvMsg(0xdeadbeec, prepared(8, 0), &count, NULL, NULL) != 0);
    result("WSARecvMsg unbound", WSARecvMsg(udp(), prepared(8, 0), &count, NULL, NULL) != 0);
    return 0;
}
