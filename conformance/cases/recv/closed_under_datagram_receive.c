// Another thread closes a datagram socket under blocked receive calls.
//
// rule: each blocked call returns at once with WSAEINTR.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recvfrom, https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, return values: a blocking call cancelled
// proves: recvfrom WSARecv WSARecvFrom WSAEINTR
// expect: recvfrom 10004
// expect: WSARecv 10004
// expect: WSARecvFrom 10004
#include "case.h"

static void close_soon(void *socket)
{
    sleep_ms(200);
    closesocket(*(SOCKET *)socket);
}

int main(void)
{
    char byte[1];
    WSABUF buffer = {1, byte};
    DWORD count, flags = 0;
    SOCKET s;
    struct sockaddr_in at;
    struct thread thread;
    start();
    s = udp_bound(&at);
    thread_start(&thread, close_soon, &s);
    result("recvfrom", recvfrom(s, byte, 1, 0, NULL, NULL) < 0);
    thread_join(&thread);
    s = udp_bound(&at);
    thread_start(&thread, close_soon, &s);
    result("WSARecv", WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    thread_join(&thread);
    s = udp_bound(&at);
    thread_start(&thread, close_soon, &s);
    result("WSARecvFrom", WSARecvFrom(s, &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    thread_join(&thread);
    return 0;
}
