// A datagram larger than the buffer.
//
// rule: the receive call fails with WSAEMSGSIZE; the buffer holds the first part and the address is set.
// source: https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recv and https://learn.microsoft.com/windows/win32/api/winsock/nf-winsock-recvfrom, return values
// proves: recv recvfrom WSARecv WSARecvFrom WSAEMSGSIZE
// expect: recv 10040
// expect: data abcd
// expect: recvfrom 10040
// expect: data abcd
// expect: from the sender
// expect: WSARecv 10040
// expect: WSARecvFrom 10040
// expect: recv the rest is lost 10035
// proves: recv WSAEWOULDBLOCK
// expect: recv peek 10040
// expect: recv after peek 8
#include "case.h"

int main(void)
{
    char data[5] = "....";
    char all[8];
    WSABUF buffer = {4, data};
    DWORD count, flags = 0;
    struct sockaddr_in at, mine, from;
    int length = sizeof from;
    SOCKET s, sender;
    start();
    s = udp_bound(&at);
    sender = udp_bound(&mine);
    for (int i = 0; i < 4; i++)
        must(sendto(sender, "abcdefgh", 8, 0, (struct sockaddr *)&at, sizeof at) == 8, "sendto");
    result("recv", recv(s, data, 4, 0) < 0);
    printf("data %s\n", data);
    memset(data, '.', 4);
    result("recvfrom", recvfrom(s, data, 4, 0, (struct sockaddr *)&from, &length) < 0);
    printf("data %s\n", data);
    printf("from %s\n", from.sin_port == mine.sin_port ? "the sender" : "nobody");
    result("WSARecv", WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    flags = 0;
    result("WSARecvFrom", WSARecvFrom(s, &buffer, 1, &count, &flags, NULL, NULL, NULL, NULL) != 0);
    nonblocking(s);
    result("recv the rest is lost", recv(s, data, 4, 0) < 0);
    must(sendto(sender, "abcdefgh", 8, 0, (struct sockaddr *)&at, sizeof at) == 8, "sendto");
    wait_readable(s);
    result("recv peek", recv(s, data, 4, MSG_PEEK) < 0);
    printf("recv after peek %d\n", recv(s, all, 8, 0));
    return 0;
}
