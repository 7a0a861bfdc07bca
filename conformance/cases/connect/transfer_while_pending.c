// Data cannot move before the connection stands.
//
// rule: send and recv on a socket whose connect is pending fail with WSAENOTCONN.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 12340-12344, validated on Windows
// proves: send recv WSAENOTCONN
// expect: send 10057
// expect: recv 10057
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET listener, s;
    char byte[1] = {0};
    start();
    listener = tcp();
    at = bind_free(listener);
    must(listen(listener, 0) == 0, "listen");
    for (int i = 0; i < 8; i++) {
        s = tcp();
        nonblocking(s);
        connect(s, (struct sockaddr *)&at, sizeof at);
    }
    sleep_ms(50);
    s = tcp();
    nonblocking(s);
    must(connect(s, (struct sockaddr *)&at, sizeof at) != 0 && WSAGetLastError() == WSAEWOULDBLOCK, "connect");
    result("send", send(s, byte, 1, 0) < 0);
    result("recv", recv(s, byte, 1, 0) < 0);
    return 0;
}
