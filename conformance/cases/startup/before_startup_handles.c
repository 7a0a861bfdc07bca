// Every socket call fails before WSAStartup, whatever the handle.
//
// rule: until the first successful WSAStartup, calls on a socket fail with WSANOTINITIALISED, before the handle is judged.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-send and each function's page, "A successful WSAStartup call must occur before using this function"
// proves: accept bind closesocket connect getpeername getsockname getsockopt ioctlsocket listen WSANOTINITIALISED
// proves: recv recvfrom send sendto setsockopt shutdown select WSANOTINITIALISED
// expect: accept 10093
// expect: bind 10093
// expect: closesocket 10093
// expect: connect 10093
// expect: getpeername 10093
// expect: getsockname 10093
// expect: getsockopt 10093
// expect: ioctlsocket 10093
// expect: listen 10093
// expect: recv 10093
// expect: recvfrom 10093
// expect: send 10093
// expect: sendto 10093
// expect: setsockopt 10093
// expect: shutdown 10093
// expect: select 10093
#include "case.h"

int main(void)
{
    SOCKET s = 100;
    struct sockaddr_in at = ipv4("127.0.0.1", 9);
    struct sockaddr *name = (struct sockaddr *)&at;
    int length = sizeof at, value = 0;
    u_long on = 1;
    char byte[1] = {0};
    fd_set set;
    struct timeval now = {0, 0};
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
    result("send", send(s, byte, 1, 0) < 0);
    result("sendto", sendto(s, byte, 1, 0, name, sizeof at) < 0);
    result("setsockopt", setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, (char *)&value, sizeof value) != 0);
    result("shutdown", shutdown(s, SD_SEND) != 0);
    result("select", select(0, &set, NULL, NULL, &now) < 0);
    return 0;
}
