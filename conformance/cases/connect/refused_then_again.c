// A socket whose connect was refused can connect again.
//
// rule: after WSAECONNREFUSED the same socket may call connect again.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, remarks on a failed connect
// expect: connect refused 10061
// expect: connect again ok
#include "case.h"

int main(void)
{
    struct sockaddr_in closed, open;
    SOCKET s;
    start();
    closed = unused_port();
    tcp_listening(&open);
    s = tcp();
    result("connect refused", connect(s, (struct sockaddr *)&closed, sizeof closed) != 0);
    result("connect again", connect(s, (struct sockaddr *)&open, sizeof open) != 0);
    return 0;
}
