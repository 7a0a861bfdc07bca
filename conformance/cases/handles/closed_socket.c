// A closed socket is no socket: every call on it says so.
//
// rule: calls on a handle that was closed fail with WSAENOTSOCK, never WSAEBADF.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send and each function's page, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 3850, 4038, 7287, validated on Windows
// proves: accept bind closesocket connect getpeername getsockname getsockopt ioctlsocket listen recv recvfrom WSAENOTSOCK
// proves: select send sendto setsockopt shutdown WSAENOTSOCK
// expect: closesocket ok
// expect: accept 10038
// expect: bind 10038
// expect: closesocket 10038
// expect: connect 10038
// expect: getpeername 10038
// expect: getsockname 10038
// expect: getsockopt 10038
// expect: ioctlsocket 10038
// expect: listen 10038
// expect: recv 10038
// expect: recvfrom 10038
// expect: select 10038
// expect: send 10038
// expect: sendto 10038
// expect: setsockopt 10038
// expect: shutdown 10038
#include "case.h"

int main(void)
{
    SOCKET s;
    struct sockaddr_in at = ipv4("127.0.0.1", 9);
    struct sockaddr *name = (struct sockaddr *)&at;
    int length = sizeof at, value = 0;
    u_long on = 1;
    char byte[1] = {0};
    fd_set set;
    struct timeval now = {0, 0};
    start();
    s = tcp();
    result("closesocket", closesocket(s) != 0);
    FD_ZERO(&set);
    FD_SET(s, &set);

    result("accept", accept(s, NULL, NULL) == INVALID_SOCKET);
    result("bind", bind(s, name, length) != 0);
    result("closesocket", closesocket(s) != 0);
    result("connect", connect(s, name, length) != 0);
    result("getpeername", getpeername(s, name, &length) != 0);
    result("getsockname", getsockname(s, name, &length) != 0);
    length = sizeof value;
    result("getsockopt", getsockopt(s, SOL_SOCKET, SO_ERROR, (char *)&value, &length) != 0);
    result("ioctlsocket", ioctlsocket(s, FIONBIO, &on) != 0);
    result("listen", listen(s, 1) != 0);
    length = sizeof at;
    result("recv", recv(s, byte, 1, 0) < 0);
    result("recvfrom", recvfrom(s, byte, 1, 0, name, &length) < 0);
    result("select", select(0, &set, NULL, NULL, &now) < 0);
    result("send", send(s, byte, 1, 0) < 0);
    result("sendto", sendto(s, byte, 1, 0, name, sizeof at) < 0);
    result("setsockopt", setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&value, sizeof value) != 0);
    result("shutdown", shutdown(s, SD_SEND) != 0);
    return 0;
}
