// Too little room for control data.
//
// rule: WSARecvMsg fails with WSAEMSGSIZE, MSG_CTRUNC in dwFlags and the data counted; overlapped it completes so.
// source: Wine dlls/ws2_32/tests/sock.c, test_ip_pktinfo, validated on Windows
// expect: WSARecvMsg 10040
// expect: flags 200 count 6
// expect: WSARecvMsg overlapped 997
// expect: WSARecvMsg completed 10040
// expect: flags 200 count 6
#include "message.h"

int main(void)
{
    struct sockaddr_in at;
    WSAOVERLAPPED operation;
    DWORD count = 0;
    SOCKET s;
    start();
    recv_msg();
    s = udp_bound(&at);
    turn_on(s, IPPROTO_IP, IP_PKTINFO);
    say(&at);
    result("WSARecvMsg", WSARecvMsg(s, prepared(10, 1), &count, NULL, NULL) != 0);
    printf("flags %x count %d\n", (unsigned)message.dwFlags, (int)count);
    fresh(&operation);
    result("WSARecvMsg overlapped", WSARecvMsg(s, prepared(10, 1), NULL, &operation, NULL) != 0);
    say(&at);
    completed("WSARecvMsg completed", s, &operation);
    printf("flags %x count %d\n", (unsigned)message.dwFlags, (int)operation.InternalHigh);
    return 0;
}
