// Flags that contradict each other, or the other arguments.
//
// rule: AI_CANONNAME and AI_FQDN together fail with WSAEINVAL (EAI_BADFLAGS), either without a name with WSANO_RECOVERY.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getaddrinfo, remarks on AI_CANONNAME and AI_FQDN
// proves: getaddrinfo WSAEINVAL
// proves: getaddrinfo WSANO_RECOVERY
// expect: getaddrinfo both names 10022
// expect: getaddrinfo no name 11003
#include "case.h"

#ifndef AI_FQDN
#define AI_FQDN 0x20000
#endif

int main(void)
{
    struct addrinfo hints, *list = NULL;
    start();
    memset(&hints, 0, sizeof hints);
    hints.ai_flags = AI_CANONNAME | AI_FQDN;
    printf("getaddrinfo both names %d\n", getaddrinfo("127.0.0.1", "80", &hints, &list));
    hints.ai_flags = AI_CANONNAME;
    printf("getaddrinfo no name %d\n", getaddrinfo(NULL, "80", &hints, &list));
    return 0;
}
