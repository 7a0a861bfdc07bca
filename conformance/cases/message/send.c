// WSASendMsg: where to, and where from.
//
// rule: with in_pktinfo among the control data the datagram leaves from that address; without any destination 10057;
// rule: flags other than MSG_DONTROUTE, MSG_PARTIAL and MSG_OOB 10045; a name without memory 10014; no count 10014.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasendmsg, return values and remarks
// expect: WSASendMsg no count 10014
// expect: WSASendMsg no name 10014
// expect: WSASendMsg flags 10045
// expect: WSASendMsg no destination 10057
// expect: WSASendMsg ok
// expect: from 127.0.0.5 count 4
#include "message.h"

int main(void)
{
    struct sockaddr_in at;
    SOCKET receiver, s;
    DWORD count = 0;
    IN_PKTINFO info;
    WSACMSGHDR *head = (WSACMSGHDR *)control;
    WSAMSG *m;
    int length = sizeof from;
    start();
    receiver = udp_bound(&at);
    s = udp();
    m = prepared(4, 0);
    memcpy(data, "data", 4);
    m->name = (struct sockaddr *)&at;
    result("WSASendMsg no count", WSASendMsg(s, m, 0, NULL, NULL, NULL) != 0);
    m->name = NULL;
    result("WSASendMsg no name", WSASendMsg(s, m, 0, &count, NULL, NULL) != 0);
    m->namelen = 0;
    result("WSASendMsg flags", WSASendMsg(s, m, MSG_PEEK, &count, NULL, NULL) != 0);
    result("WSASendMsg no destination", WSASendMsg(s, m, 0, &count, NULL, NULL) != 0);
    m->name = (struct sockaddr *)&at;
    m->namelen = sizeof at;
    memset(&info, 0, sizeof info);
    info.ipi_addr.s_addr = htonl(0x7f000005);
    head->cmsg_len = WSA_CMSG_LEN(sizeof info);
    head->cmsg_level = IPPROTO_IP;
    head->cmsg_type = IP_PKTINFO;
    memcpy(WSA_CMSG_DATA(head), &info, sizeof info);
    m->Control.buf = (char *)control;
    m->Control.len = WSA_CMSG_SPACE(sizeof info);
    result("WSASendMsg", WSASendMsg(s, m, 0, &count, NULL, NULL) != 0);
    must(recvfrom(receiver, data, sizeof data, 0, (struct sockaddr *)&from, &length) == 4, "recvfrom");
    printf("from 127.0.0.%d count %d\n", (int)(ntohl(from.sin_addr.s_addr) & 0xff), (int)count);
    return 0;
}
