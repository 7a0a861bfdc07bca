// Parts of what comes with a datagram, each a message of its own.
//
// rule: IP_RECVIF and IP_ORIGINAL_ARRIVAL_IF tell the interface's index, IP_RECVDSTADDR the destination, IP_PKTINFO_EX both
// with a scope, and IP_RECVECN congestion notification, as messages whose type is the option's number.
// source: https://learn.microsoft.com/windows/win32/winsock/ipproto-ip-socket-options
// expect: index ok
// expect: level 0 type 24 length 20
// expect: index ok
// expect: level 0 type 47 length 20
// expect: destination 127.0.0.1
// expect: level 0 type 25 length 20
// expect: destination 127.0.0.1
// expect: level 0 type 51 length 28
// expect: congestion 2
// expect: level 0 type 50 length 20
#include "message.h"

#ifndef IP_ORIGINAL_ARRIVAL_IF
#define IP_ORIGINAL_ARRIVAL_IF 47
#endif
#ifndef IP_RECVECN
#define IP_RECVECN 50
#endif
#ifndef IP_PKTINFO_EX
#define IP_PKTINFO_EX 51
#endif

static void listening(int option)
{
    struct sockaddr_in at;
    DWORD count, value = 0;
    SOCKET s = udp_bound(&at), sender = udp();
    DWORD service = 2; // ECT(0)
    if (setsockopt(s, IPPROTO_IP, option, (char *)&service, sizeof service) != 0) {
        result("setsockopt", 1);
        return;
    }
    setsockopt(sender, IPPROTO_IP, IP_TOS, (char *)&service, sizeof service);
    must(sendto(sender, "HELLO", 6, 0, (struct sockaddr *)&at, sizeof at) == 6, "sendto");
    must(WSARecvMsg(s, prepared(10, sizeof control), &count, NULL, NULL) == 0 && count == 6, "WSARecvMsg");
    if (WSA_CMSG_FIRSTHDR(&message) == NULL) {
        printf("nothing\n");
        return;
    }
    memcpy(&value, WSA_CMSG_DATA(WSA_CMSG_FIRSTHDR(&message)), sizeof value);
    switch (option) {
    case IP_RECVECN:
        printf("congestion %u\n", (unsigned)value);
        break;
    case IP_RECVDSTADDR:
    case IP_PKTINFO_EX:
        printf("destination %s\n", value == htonl(INADDR_LOOPBACK) ? "127.0.0.1" : "other");
        break;
    default:
        printf("index %s\n", value != 0 ? "ok" : "0");
    }
    heads();
}

int main(void)
{
    start();
    recv_msg();
    listening(IP_RECVIF);
    listening(IP_ORIGINAL_ARRIVAL_IF);
    listening(IP_RECVDSTADDR);
    listening(IP_PKTINFO_EX);
    listening(IP_RECVECN);
    return 0;
}
