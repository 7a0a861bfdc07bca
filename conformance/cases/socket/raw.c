// Raw sockets.
//
// rule: they are there for IPv6 too, and by their protocol alone; their information is of no protocol; who pings himself receives the answers only.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_WSASocket, test_sockopt_validity and test_icmp, validated on Windows
// expect: IPv6 ok
// expect: IPV6_V6ONLY ok
// expect: by protocol 3
// expect: information 0 255 000c
// expect: received 28 type 0 sequence 2
#include "case.h"

static unsigned short checksum(const unsigned char *bytes, int count)
{
    unsigned sum = 0;
    int at;
    for (at = 0; at + 1 < count; at += 2)
        sum += bytes[at] | bytes[at + 1] << 8;
    sum = (sum & 0xffff) + (sum >> 16);
    return (unsigned short)~(sum + (sum >> 16));
}

static void ping(SOCKET s, unsigned char sequence)
{
    struct sockaddr_in at = ipv4("127.0.0.1", 0);
    unsigned char request[8] = {8, 0, 0, 0, 0x12, 0x34, 0, sequence};
    unsigned short sum = checksum(request, sizeof request);
    memcpy(request + 2, &sum, sizeof sum);
    must(sendto(s, (char *)request, sizeof request, 0, (struct sockaddr *)&at, sizeof at) == 8, "sendto");
}

int main(void)
{
    WSAPROTOCOL_INFOA information;
    int length = sizeof information, type = 0, size = sizeof type, count;
    DWORD on = 1;
    unsigned char answer[100];
    SOCKET s;
    start();
    s = socket(AF_INET6, SOCK_RAW, IPPROTO_RAW);
    result("IPv6", s == INVALID_SOCKET);
    result("IPV6_V6ONLY", setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, (char *)&on, sizeof on) != 0);
    s = WSASocketA(0, 0, IPPROTO_RAW, NULL, 0, 0);
    getsockopt(s, SOL_SOCKET, SO_TYPE, (char *)&type, &size);
    printf("by protocol %d\n", type);
    s = socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
    must(s != INVALID_SOCKET, "socket");
    must(getsockopt(s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&information, &length) == 0, "SO_PROTOCOL_INFO");
    printf("information %d %d %04x\n", information.iProtocol, information.iProtocolMaxOffset,
           (unsigned)information.dwProviderFlags);
    ping(s, 1);
    recv(s, (char *)answer, sizeof answer, 0);
    ping(s, 2);
    count = recv(s, (char *)answer, sizeof answer, 0);
    printf("received %d type %d sequence %d\n", count, answer[20], answer[27]);
    return 0;
}
