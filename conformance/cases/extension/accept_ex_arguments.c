// What AcceptEx refuses.
//
// rule: a bad listener 10038, no room for the remote address 10014, no operation 87, a used accept socket 10022.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c lines 8438, 8643, 8659, 8678, validated on Windows
// expect: AcceptEx bad listener 10038
// expect: AcceptEx no remote room 10014
// expect: AcceptEx no operation 87
// expect: AcceptEx used socket 10022
#include "extension.h"

int main(void)
{
    SOCKET listener, client, server;
    struct sockaddr_in at;
    WSAOVERLAPPED operation;
    char space[2 * (sizeof at + 16)];
    DWORD count, room = sizeof at + 16;
    start();
    tcp_pair(&client, &server);
    listener = tcp_listening(&at);
    fresh(&operation);
    result("AcceptEx bad listener", !AcceptEx(0xdeadbeec, tcp(), space, 0, room, room, &count, &operation));
    result("AcceptEx no remote room", !AcceptEx(listener, tcp(), space, 0, room, 0, &count, &operation));
    result("AcceptEx no operation", !AcceptEx(listener, tcp(), space, 0, room, room, &count, NULL));
    result("AcceptEx used socket", !AcceptEx(listener, client, space, 0, room, room, &count, &operation));
    return 0;
}
