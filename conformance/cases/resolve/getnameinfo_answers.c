// getnameinfo in numbers, and a buffer too small for the answer.
//
// rule: NI_NUMERICHOST and NI_NUMERICSERV give the numbers as text.
// source: https://learn.microsoft.com/windows/win32/api/ws2tcpip/nf-ws2tcpip-getnameinfo, remarks
// expect: getnameinfo 0
// expect: 127.0.0.1 80
#include "case.h"

int main(void)
{
    struct sockaddr_in at;
    char host[64] = "", service[16] = "";
    start();
    at = ipv4("127.0.0.1", 80);
    printf("getnameinfo %d\n", getnameinfo((struct sockaddr *)&at, sizeof at, host, sizeof host, service,
                                           sizeof service, NI_NUMERICHOST | NI_NUMERICSERV));
    printf("%s %s\n", host, service);
    return 0;
}
