// Successful calls set the last error to 0.
//
// rule: these calls set the last error to 0 when they succeed (Windows 7 and later).
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 1434, 1473, 4984, 7412, 8985, 12169, validated on Windows
// expect: setsockopt 0
// expect: getsockopt 0
// expect: bind 0
// expect: getsockname 0
// expect: ioctlsocket 0
// expect: send 0
// expect: recv 0
// expect: shutdown 0
#include "case.h"

static void left(const char *what)
{
    printf("%s %d\n", what, WSAGetLastError());
    WSASetLastError(0xdead);
}

int main(void)
{
    SOCKET client, server, plain;
    struct sockaddr_in at = ipv4("127.0.0.1", 0);
    int value = 1, length = sizeof value;
    u_long available = 0;
    char byte[1] = {0};
    start();
    tcp_pair(&client, &server);
    plain = tcp();
    WSASetLastError(0xdead);
    must(setsockopt(plain, SOL_SOCKET, SO_KEEPALIVE, (char *)&value, sizeof value) == 0, "setsockopt");
    left("setsockopt");
    must(getsockopt(plain, SOL_SOCKET, SO_TYPE, (char *)&value, &length) == 0, "getsockopt");
    left("getsockopt");
    must(bind(plain, (struct sockaddr *)&at, sizeof at) == 0, "bind");
    left("bind");
    length = sizeof at;
    must(getsockname(plain, (struct sockaddr *)&at, &length) == 0, "getsockname");
    left("getsockname");
    must(ioctlsocket(client, FIONREAD, &available) == 0, "ioctlsocket");
    left("ioctlsocket");
    must(send(client, byte, 1, 0) == 1, "send");
    left("send");
    must(recv(server, byte, 1, 0) == 1, "recv");
    left("recv");
    must(shutdown(client, SD_SEND) == 0, "shutdown");
    left("shutdown");
    return 0;
}
