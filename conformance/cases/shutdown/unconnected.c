// There is no connection to shut down.
//
// rule: shutdown on an unconnected stream socket or a listener fails with WSAENOTCONN, and the listener lives on.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-shutdown, return values
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 8969-8974, 9192, validated on Windows
// proves: shutdown WSAENOTCONN
// expect: shutdown unbound 10057
// expect: shutdown bound 10057
// expect: shutdown listener 10057
// expect: connect ok
#include "case.h"

int main(void)
{
    SOCKET s, listener;
    struct sockaddr_in at;
    start();
    s = tcp();
    result("shutdown unbound", shutdown(s, SD_BOTH) != 0);
    bind_free(s);
    result("shutdown bound", shutdown(s, SD_SEND) != 0);
    listener = tcp_listening(&at);
    result("shutdown listener", shutdown(listener, SD_RECEIVE) != 0);
    result("connect", connect(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
