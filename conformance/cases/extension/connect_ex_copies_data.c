// The data of ConnectEx while it is under way.
//
// rule: they are copied: what the program does to their memory afterwards changes nothing.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_connect, validated on Windows
// expect: ConnectEx 997
// expect: ConnectEx completed ok
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
    int received, failed;
    start();
    ConnectEx = connect_ex();
    listener = tcp_listening(&at);
    s = tcp();
    bind_free(s);
    with_event(&operation);
    failed = !ConnectEx(s, (struct sockaddr *)&at, sizeof at, data, 3, &count, &operation);
    memset(data, 'x', 3);
    result("ConnectEx", failed);
    completed("ConnectEx completed", s, &operation);
    server = accept(listener, NULL, NULL);
    received = recv(server, text, sizeof text, 0);
    printf("received %d %s\n", received, text);
    return 0;
}
