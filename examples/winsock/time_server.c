/* The time protocol of RFC 868 over UDP: an empty datagram is answered by the seconds since 1900.
 *
 *   time_server PORT REQUESTS [SECONDS]   SECONDS: what to answer instead of the real time */
#include "common.h"
#include <time.h>

#define SECONDS_FROM_1900_TO_1970 2208988800u

int main(int argc, char **argv)
{
    SOCKET s;
    int left;
    if (argc < 3) {
        printf("usage: time_server PORT REQUESTS [SECONDS]\n");
        return 2;
    }
    start_winsock();
    s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (s == INVALID_SOCKET)
        fail("socket");
    bind_locally(s, (unsigned short)atoi(argv[1]));
    say_port(s);
    for (left = atoi(argv[2]); left > 0; left--) {
        struct sockaddr_in from;
        int length = sizeof from;
        char request[16];
        u_long seconds, answer;
        if (recvfrom(s, request, sizeof request, 0, (struct sockaddr *)&from, &length) == SOCKET_ERROR)
            fail("recvfrom");
        seconds = argc > 3 ? (u_long)strtoul(argv[3], NULL, 10) : (u_long)time(NULL) + SECONDS_FROM_1900_TO_1970;
        answer = htonl(seconds);
        if (sendto(s, (char *)&answer, sizeof answer, 0, (struct sockaddr *)&from, length) == SOCKET_ERROR)
            fail("sendto");
        printf("answered %s\n", inet_ntoa(from.sin_addr));
    }
    closesocket(s);
    WSACleanup();
    return 0;
}
