// An accepted socket has the listener's mode.
//
// rule: a socket accepted from a non-blocking listener is non-blocking.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-accept, remarks
// proves: recv WSAEWOULDBLOCK
// expect: recv 10035
#include "case.h"

int main(void)
{
    SOCKET listener, client, server;
    struct sockaddr_in at;
    char byte[1];
    start();
    listener = tcp_listening(&at);
    nonblocking(listener);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    wait_readable(listener);
    server = accept(listener, NULL, NULL);
    must(server != INVALID_SOCKET, "accept");
    result("recv", recv(server, byte, 1, 0) < 0);
    return 0;
}
