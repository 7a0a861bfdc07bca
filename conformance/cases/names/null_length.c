// The length of the address buffer is missing.
//
// rule: getsockname and getpeername with a NULL length fail with WSAEFAULT.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-getsockname and https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-getpeername, return values
// proves: getsockname getpeername WSAEFAULT
// expect: getsockname 10014
// expect: getpeername 10014
#include "case.h"

int main(void)
{
    SOCKET client, server;
    struct sockaddr_in at;
    start();
    tcp_pair(&client, &server);
    result("getsockname", getsockname(client, (struct sockaddr *)&at, NULL) != 0);
    result("getpeername", getpeername(client, (struct sockaddr *)&at, NULL) != 0);
    return 0;
}
