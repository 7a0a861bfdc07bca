// WSARecvFrom with an OVERLAPPED on a stream.
//
// rule: it is WSARecv: without room it ends when there is something to receive, with MSG_WAITALL when all is there, and after a reset with that.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, Remarks on connection-oriented sockets
// source: Wine 8.0 dlls/ws2_32/socket.c, where both are one function; dlls/ws2_32/tests/sock.c, test_WSARecv, validated on Windows
// expect: no room 997
// expect: ended ok
// expect: all 997
// expect: half 996
// expect: ended ok
// expect: abcd
// expect: first 10054
// expect: second 10054
#include "extension.h"

static void begin(const char *what, SOCKET s, WSAOVERLAPPED *operation, char *bytes, DWORD count, DWORD flags)
{
    WSABUF buffer;
    buffer.buf = bytes;
    buffer.len = count;
    with_event(operation);
    int failed = WSARecvFrom(s, &buffer, 1, NULL, &flags, NULL, NULL, operation, NULL);
    if (what)
        result(what, failed);
}

int main(void)
{
    WSAOVERLAPPED first, second;
    char bytes[5] = "";
    DWORD count, flags;
    SOCKET a, b;
    start();
    tcp_pair(&a, &b);
    begin("no room", a, &first, bytes, 0, 0);
    must(send(b, "ab", 2, 0) == 2, "send");
    completed("ended", a, &first);
    begin("all", a, &first, bytes, 4, MSG_WAITALL);
    sleep_ms(50);
    result("half", !WSAGetOverlappedResult(a, &first, &count, FALSE, &flags));
    must(send(b, "cd", 2, 0) == 2, "send");
    completed("ended", a, &first);
    printf("%s\n", bytes);
    fflush(stdout);
    tcp_pair(&a, &b);
    begin(NULL, a, &first, bytes, 1, 0);
    begin(NULL, a, &second, bytes + 1, 1, 0);
    reset_connection(b);
    completed("first", a, &first);
    completed("second", a, &second);
    return 0;
}
