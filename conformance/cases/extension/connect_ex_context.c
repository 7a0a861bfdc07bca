// A socket that ConnectEx has connected, before and after its context is updated.
//
// rule: it sends and receives at once; getpeername and shutdown work after SO_UPDATE_CONNECT_CONTEXT only; connect gives
// rule: WSAEINVAL, another ConnectEx WSAEISCONN.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_connect, validated on Windows, for the last two
// expect: getsockname ok
// expect: getpeername 10057
// expect: shutdown 10057
// expect: send ok
// expect: connect 10022
// expect: ConnectEx 10056
// expect: setsockopt ok
// expect: getpeername ok
// expect: shutdown ok
// expect: setsockopt unconnected 10057
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    SOCKET s;
    struct sockaddr_in at, name;
    struct sockaddr *to = (struct sockaddr *)&at;
    int length = sizeof name;
    WSAOVERLAPPED operation;
    DWORD count, flags;
    start();
    ConnectEx = connect_ex();
    tcp_listening(&at);
    s = tcp();
    bind_free(s);
    fresh(&operation);
    ConnectEx(s, to, sizeof at, NULL, 0, &count, &operation);
    must(WSAGetOverlappedResult(s, &operation, &count, TRUE, &flags), "ConnectEx");
    result("getsockname", getsockname(s, (struct sockaddr *)&name, &length) != 0);
    result("getpeername", getpeername(s, (struct sockaddr *)&name, &length) != 0);
    result("shutdown", shutdown(s, SD_SEND) != 0);
    result("send", send(s, "x", 1, 0) != 1);
    result("connect", connect(s, to, sizeof at) != 0);
    result("ConnectEx", !ConnectEx(s, to, sizeof at, NULL, 0, &count, &operation));
    result("setsockopt", setsockopt(s, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) != 0);
    result("getpeername", getpeername(s, (struct sockaddr *)&name, &length) != 0);
    result("shutdown", shutdown(s, SD_SEND) != 0);
    result("setsockopt unconnected", setsockopt(tcp(), SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0) != 0);
    return 0;
}
