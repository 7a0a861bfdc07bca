// Quality of service that nobody provides.
//
// rule: WSAConnect with a group quality of service fails with WSAEINVAL, with a socket's own that cannot be met WSAEOPNOTSUPP.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaconnect, return values
// proves: WSAConnect WSAEINVAL
// proves: WSAConnect WSAEOPNOTSUPP
// expect: WSAConnect group 10022
// expect: WSAConnect own 10045
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    QOS wish;
    start();
    memset(&wish, 0, sizeof wish);
    wish.SendingFlowspec.ServiceType = 3;
    wish.SendingFlowspec.TokenRate = 1000;
    tcp_listening(&at);
    result("WSAConnect group", WSAConnect(tcp(), (struct sockaddr *)&at, sizeof at, NULL, NULL, NULL, &wish) != 0);
    result("WSAConnect own", WSAConnect(tcp(), (struct sockaddr *)&at, sizeof at, NULL, NULL, &wish, NULL) != 0);
    return 0;
}
