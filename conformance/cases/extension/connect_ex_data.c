// ConnectEx that sends.
//
// rule: the data goes out when the connection is made, and its bytes are counted.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_connectex, parameters
// source: Wine dlls/ws2_32/tests/sock.c, test_connect, validated on Windows
// expect: ConnectEx 997
// expect: ConnectEx completed ok
// expect: count 3
// expect: received 3 123
#include "extension.h"

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    SOCKET listener, s, server;
    struct sockaddr_in at;
    WSAOVERLAPPED operation;
    char data[] = "123", text[8] = "";
    DWORD count;
    start();
    ConnectEx = connect_ex();
    listener = tcp_listening(&at);
    s = tcp();
    bind_free(s);
    fresh(&operation);
    result("ConnectEx", !ConnectEx(s, (struct sockaddr *)&at, sizeof at, data, 3, &count, &operation));
    completed("ConnectEx completed", s, &operation);
    printf("count %d\n", (int)operation.InternalHigh);
    server = accept(listener, NULL, NULL);
    printf("received %d", recv(server, text, sizeof text, 0));
    printf(" %s\n", text);
    return 0;
}
