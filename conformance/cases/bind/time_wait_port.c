// A server can bind its port again while old connections are in TIME_WAIT.
//
// rule: a port with only TIME_WAIT connections can be bound without SO_REUSEADDR.
// source: https://learn.microsoft.com/windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse
// expect: bind ok
// expect: listen ok
#include "case.h"

int main(void)
{
    SOCKET listener, client, server;
    struct sockaddr_in at;
    char byte[1];
    start();
    listener = tcp_listening(&at);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    server = accept(listener, NULL, NULL);
    // The server closes first: its side keeps the TIME_WAIT.
    must(closesocket(server) == 0 && closesocket(listener) == 0, "closesocket");
    must(recv(client, byte, 1, 0) == 0, "recv");
    must(closesocket(client) == 0, "closesocket");
    sleep_ms(50);
    listener = tcp();
    result("bind", bind(listener, (struct sockaddr *)&at, sizeof at) != 0);
    result("listen", listen(listener, 1) != 0);
    return 0;
}
