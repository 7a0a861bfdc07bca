// A buffer without room.
//
// rule: getnameinfo with a buffer of length 0 for what is wanted fails with WSAEINVAL.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getnameinfo, return values
// proves: getnameinfo WSAEINVAL
// expect: getnameinfo 10022
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    char host[64];
    start();
    at = ipv4("127.0.0.1", 80);
    printf("getnameinfo %d\n", getnameinfo((struct sockaddr *)&at, sizeof at, host, 0, NULL, 0, NI_NUMERICHOST));
    return 0;
}
