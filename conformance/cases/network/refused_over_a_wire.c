// A host without a listener refuses.
//
// rule: a reset in answer to the call gives WSAECONNREFUSED over a network as on loopback.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-connect, return values
// network: lan
// proves: connect WSAECONNREFUSED
// expect: connect 10061
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    start();
    at = ipv4("198.51.100.1", 9);
    result("connect", connect(tcp(), (struct sockaddr *)&at, sizeof at) != 0);
    return 0;
}
