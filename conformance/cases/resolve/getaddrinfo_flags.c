// Flags that contradict the other arguments.
//
// rule: AI_CANONNAME without a name fails with WSAEINVAL (EAI_BADFLAGS).
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, remarks on AI_CANONNAME
// proves: getaddrinfo WSAEINVAL
// expect: getaddrinfo 10022
#include "case.h"

int main(void)
{
    struct addrinfo hints, *list = NULL;
    start();
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_CANONNAME;
    printf("getaddrinfo %d\n", getaddrinfo(NULL, "80", &hints, &list));
    return 0;
}
