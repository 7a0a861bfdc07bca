/* Pings a host four times through IcmpSendEcho.
 *
 *   ping HOST */
#include "common.h"
#include <iphlpapi.h>
#include <icmpapi.h>

#define PAYLOAD "a payload of thirty-two bytes..."

static int ping_once(HANDLE icmp, IPAddr address)
{
    char reply[sizeof(ICMP_ECHO_REPLY) + sizeof PAYLOAD + 8];
    ICMP_ECHO_REPLY *echo = (ICMP_ECHO_REPLY *)reply;
    DWORD replies = IcmpSendEcho(icmp, address, PAYLOAD, sizeof PAYLOAD - 1, NULL, reply, sizeof reply, 2000);
    struct in_addr from;
    if (replies == 0) {
        printf("no reply: %u\n", (unsigned)GetLastError());
        return 0;
    }
    from.s_addr = echo->Address;
    if (echo->Status != IP_SUCCESS) {
        printf("status %u from %s\n", (unsigned)echo->Status, inet_ntoa(from));
        return 0;
    }
    printf("reply from %s: %d bytes, %s\n", inet_ntoa(from), echo->DataSize,
           memcmp(echo->Data, PAYLOAD, sizeof PAYLOAD - 1) == 0 ? "as sent" : "changed");
    return 1;
}

int main(int argc, char **argv)
{
    struct addrinfo hints, *found;
    HANDLE icmp;
    int code, answered = 0, i;
    if (argc != 2) {
        printf("usage: ping HOST\n");
        return 2;
    }
    start_winsock();
    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_INET;
    code = getaddrinfo(argv[1], NULL, &hints, &found);
    if (code != 0) {
        printf("%s: error %d\n", argv[1], code);
        return 1;
    }
    icmp = IcmpCreateFile();
    if (icmp == INVALID_HANDLE_VALUE)
        fail("IcmpCreateFile");
    for (i = 0; i < 4; i++)
        answered += ping_once(icmp, ((struct sockaddr_in *)found->ai_addr)->sin_addr.s_addr);
    printf("%d of 4 answered\n", answered);
    IcmpCloseHandle(icmp);
    freeaddrinfo(found);
    WSACleanup();
    return answered == 4 ? 0 : 1;
}
