// An accepted socket has the listener's options.
//
// rule: SO_RCVTIMEO, SO_SNDTIMEO, SO_LINGER, SO_KEEPALIVE and TCP_NODELAY pass from the listener to the accepted socket.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 4781-4838, validated on Windows
// expect: SO_RCVTIMEO 1234
// expect: SO_SNDTIMEO 2345
// expect: SO_LINGER 1 7
// expect: SO_KEEPALIVE 1
// expect: TCP_NODELAY 1
#include "case.h"

static int number(SOCKET s, int level, int option)
{
    int value = 0, length = sizeof value;
    must(getsockopt(s, level, option, (char *)&value, &length) == 0, "getsockopt");
    return value;
}

static void set(SOCKET s, int level, int option, int value)
{
    must(setsockopt(s, level, option, (char *)&value, sizeof value) == 0, "setsockopt");
}

int main(void)
{
    SOCKET listener, client, server;
    struct sockaddr_in at;
    struct linger linger = {1, 7};
    int length = sizeof linger;
    start();
    listener = tcp_listening(&at);
    set(listener, SOL_SOCKET, SO_RCVTIMEO, 1234);
    set(listener, SOL_SOCKET, SO_SNDTIMEO, 2345);
    must(setsockopt(listener, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof linger) == 0, "SO_LINGER");
    set(listener, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(listener, IPPROTO_TCP, TCP_NODELAY, 1);
    client = tcp();
    must(connect(client, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    server = accept(listener, NULL, NULL);
    must(server != INVALID_SOCKET, "accept");
    printf("SO_RCVTIMEO %d\n", number(server, SOL_SOCKET, SO_RCVTIMEO));
    printf("SO_SNDTIMEO %d\n", number(server, SOL_SOCKET, SO_SNDTIMEO));
    memset(&linger, 0, sizeof linger);
    must(getsockopt(server, SOL_SOCKET, SO_LINGER, (char *)&linger, &length) == 0, "SO_LINGER");
    printf("SO_LINGER %d %d\n", linger.l_onoff, linger.l_linger);
    printf("SO_KEEPALIVE %d\n", number(server, SOL_SOCKET, SO_KEEPALIVE));
    printf("TCP_NODELAY %d\n", number(server, IPPROTO_TCP, TCP_NODELAY));
    return 0;
}
