// What getnameinfo refuses without asking anybody.
//
// rule: no address 10014, a short one 10014, an unknown family 10047, nothing wanted 11001.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getnameinfo, return values
// proves: getnameinfo WSAEFAULT
// proves: getnameinfo WSAEAFNOSUPPORT
// proves: getnameinfo WSAHOST_NOT_FOUND
// expect: getnameinfo null 10014
// expect: getnameinfo short 10014
// expect: getnameinfo family 10047
// expect: getnameinfo nothing wanted 11001
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    struct sockaddr *name = (struct sockaddr *)&at;
    char host[256];
    start();
    at = ipv4("127.0.0.1", 80);
    printf("getnameinfo null %d\n", getnameinfo(NULL, sizeof at, host, sizeof host, NULL, 0, NI_NUMERICHOST));
    printf("getnameinfo short %d\n", getnameinfo(name, 3, host, sizeof host, NULL, 0, NI_NUMERICHOST));
    at.sin_family = 99;
    printf("getnameinfo family %d\n", getnameinfo(name, sizeof at, host, sizeof host, NULL, 0, NI_NUMERICHOST));
    at.sin_family = AF_INET;
    printf("getnameinfo nothing wanted %d\n", getnameinfo(name, sizeof at, NULL, 0, NULL, 0, NI_NUMERICHOST));
    return 0;
}
