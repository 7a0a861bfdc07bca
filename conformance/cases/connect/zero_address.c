// The all-zero address and port 0 are no destination.
//
// rule: connect to 0.0.0.0, to :: or to port 0 fails with WSAEADDRNOTAVAIL.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// proves: connect WSAConnect WSAEADDRNOTAVAIL
// expect: connect 10049
// expect: WSAConnect 10049
// expect: connect ipv6 10049
// expect: connect port 0 10049
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    struct sockaddr_in6 at6;
    SOCKET six;
    start();
    tcp_listening(&at);
    memset(&at6, 0, sizeof at6);
    at6.sin6_family = AF_INET6;
    at6.sin6_port = at.sin_port;
    at.sin_addr.s_addr = 0;
    result("connect", connect(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    result("WSAConnect", WSAConnect(tcp(), (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, NULL) != 0);
    six = socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP);
    result("connect ipv6", connect(six, (struct sockaddr *)&at6, sizeof at6) != 0);
    at = ipv4("127.0.0.1", 0);
    result("connect port 0", connect(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
