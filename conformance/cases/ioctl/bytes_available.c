// How much can be read.
//
// rule: FIONREAD counts all bytes of a stream, and of the first datagram only.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-ioctlsocket, FIONREAD
// expect: stream 6
// expect: datagram 3
#include "case.h"

int main(void)
{
    SOCKET client, server, s;
    struct sockaddr_in at;
    u_long available = 0;
    start();
    tcp_pair(&client, &server);
    must(send(server, "abc", 3, 0) == 3 && send(server, "def", 3, 0) == 3, "send");
    sleep_ms(20);
    must(ioctlsocket(client, FIONREAD, &available) == 0, "FIONREAD");
    printf("stream %lu\n", (unsigned long)available);
    s = udp_bound(&at);
    must(sendto(udp(), "abc", 3, 0, (struct sockaddr *)&at, sizeof at) == 3, "sendto");
    must(sendto(udp(), "defg", 4, 0, (struct sockaddr *)&at, sizeof at) == 4, "sendto");
    wait_readable(s);
    must(ioctlsocket(s, FIONREAD, &available) == 0, "FIONREAD");
    printf("datagram %lu\n", (unsigned long)available);
    return 0;
}
