// A datagram that is larger than the buffers of WSARecvMsg.
//
// rule: the buffers are filled, the rest is lost, WSAEMSGSIZE is the error and MSG_TRUNC is in dwFlags.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nc-mswsock-lpfn_wsarecvmsg, remarks
// source: https://learn.microsoft.com/windows/win32/api/ws2def/ns-ws2def-wsamsg, flags on return
// expect: WSARecvMsg 10040
// expect: flags 100 data HE
// expect: WSARecvMsg again 10035
#include "message.h"

int main(void)
{
    struct sockaddr_in at;
    DWORD count = 0;
    SOCKET s;
    start();
    recv_msg();
    s = udp_bound(&at);
    say(&at);
    wait_readable(s);
    nonblocking(s);
    result("WSARecvMsg", WSARecvMsg(s, prepared(2, 0), &count, NULL, NULL) != 0);
    printf("flags %x data %.2s\n", (unsigned)message.dwFlags, data);
    result("WSARecvMsg again", WSARecvMsg(s, prepared(2, 0), &count, NULL, NULL) != 0);
    return 0;
}
