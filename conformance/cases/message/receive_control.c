// What comes with a datagram.
//
// rule: with IP_PKTINFO, IP_RECVTTL and IP_RECVTOS on, WSARecvMsg gives the destination, the time to live and the type of
// rule: service, each as documented: in_pktinfo of 8 bytes, and ints.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_wsarecvmsg, remarks
// source: Wine dlls/ws2_32/tests/sock.c, test_ipv4_cmsg, validated on Windows
// expect: level 0 type 19 length 24
// expect: destination 127.0.0.1
// expect: level 0 type 4 length 20
// expect: level 0 type 3 length 20
#include "message.h"

static SOCKET listening(struct sockaddr_in *at, int option)
{
    DWORD count;
    SOCKET s = udp_bound(at);
    turn_on(s, IPPROTO_IP, option);
    say(at);
    must(WSARecvMsg(s, prepared(10, sizeof control), &count, NULL, NULL) == 0 && count == 6, "WSARecvMsg");
    heads();
    return s;
}

int main(void)
{
    struct sockaddr_in at;
    IN_PKTINFO info;
    start();
    recv_msg();
    listening(&at, IP_PKTINFO);
    memcpy(&info, WSA_CMSG_DATA(WSA_CMSG_FIRSTHDR(&message)), sizeof info);
    printf("destination %s\n", info.ipi_addr.s_addr == htonl(INADDR_LOOPBACK) ? "127.0.0.1" : "other");
    listening(&at, IP_RECVTTL);
    listening(&at, IP_RECVTOS);
    return 0;
}
