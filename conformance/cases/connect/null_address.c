// No address at all.
//
// rule: connect and WSAConnect with a NULL address fail with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// proves: connect WSAConnect WSAEFAULT
// expect: connect 10014
// expect: WSAConnect 10014
#include "case.h"

int main(void)
{
    start();
    result("connect", connect(tcp(), NULL, sizeof(struct sockaddr_in)) != 0);
    result("WSAConnect", WSAConnect(tcp(), NULL, sizeof(struct sockaddr_in), NULL, NULL, NULL, NULL) != 0);
    return 0;
}
