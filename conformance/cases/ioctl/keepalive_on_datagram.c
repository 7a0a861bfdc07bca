// Keep-alive times on a datagram socket.
//
// rule: SIO_KEEPALIVE_VALS on a protocol without keep-alive fails with WSAENOPROTOOPT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaioctl, return values
// proves: WSAIoctl WSAENOPROTOOPT
// expect: WSAIoctl 10042
#include "case.h"
#include <mstcpip.h>

int main(void)
{
    struct tcp_keepalive values = {1, 1000, 1000};
    DWORD count;
    start();
    result("WSAIoctl",
           WSAIoctl(udp(), SIO_KEEPALIVE_VALS, &values, sizeof values, NULL, 0, &count, NULL, NULL) != 0);
    return 0;
}
