// What WSAConnectByName judges first, and tells.
//
// rule: a missing name and a reserved argument are judged before the socket; the local address is told without its port.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSAConnectByName, validated on Windows
// expect: no service 10022
// expect: reserved 10022
// expect: connected 1
// expect: local port 0 remote port told
#include "case.h"

int main(void)
{
    struct sockaddr_in at, local = {0}, remote = {0};
    DWORD local_length = sizeof local, remote_length = sizeof remote;
    OVERLAPPED reserved = {0};
    char port[8];
    SOCKET closed, s;
    int connected;
    start();
    tcp_listening(&at);
    sprintf(port, "%u", ntohs(at.sin_port));
    closed = tcp();
    closesocket(closed);
    result("no service", !WSAConnectByNameA(closed, "127.0.0.1", NULL, NULL, NULL, NULL, NULL, NULL, NULL));
    s = tcp();
    result("reserved", !WSAConnectByNameA(s, "127.0.0.1", port, NULL, NULL, NULL, NULL, NULL, &reserved));
    connected = WSAConnectByNameA(s, "127.0.0.1", port, &local_length, (struct sockaddr *)&local, &remote_length,
                                  (struct sockaddr *)&remote, NULL, NULL);
    printf("connected %d\n", connected);
    printf("local port %d remote port %s\n", local.sin_port, remote.sin_port == at.sin_port ? "told" : "lost");
    return 0;
}
