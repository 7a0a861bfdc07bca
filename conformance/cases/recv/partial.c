// WSARecvEx: what is stored of a datagram that is cut is a part of it.
//
// rule: a datagram larger than the buffer gives the count of bytes stored, and MSG_PARTIAL (8000); the rest is lost. A
//       whole one and what a stream gives clear the flags, which hold nothing but what the last call told or MSG_PEEK.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-wsarecvex, return value; that it is the count and
//         the rest is lost, a comment in src/sync/win.rs of the recvmsg crate, seen on Windows
// expect: part 4 8000 abcd
// expect: whole 8 0 abcdefgh
// expect: peek 4 8000 abcd
// expect: peeked 8 0 abcdefgh
// expect: nothing more 10035
// expect: stream 2 0 ab
// expect: stream rest 1 0 c
// expect: stream end 0 0
// expect: WSARecvEx no socket 10038
// expect: WSARecvEx unconnected 10057
// expect: WSARecvEx no flags 10014
#include "case.h"

static char data[9];

static void receive(const char *name, SOCKET s, int length, int flags)
{
    int count;
    memset(data, 0, sizeof data);
    count = WSARecvEx(s, data, length, &flags);
    if (count < 0)
        printf("%s %d\n", name, WSAGetLastError());
    else
        printf("%s %d %x%s%s\n", name, count, flags, count ? " " : "", data);
}

int main(void)
{
    struct sockaddr_in at;
    SOCKET s, client, server;
    start();
    s = udp_bound(&at);
    for (int i = 0; i < 3; i++)
        must(sendto(s, "abcdefgh", 8, 0, (struct sockaddr *)&at, sizeof at) == 8, "sendto");
    receive("part", s, 4, 0);
    receive("whole", s, 8, MSG_PARTIAL);
    receive("peek", s, 4, MSG_PEEK);
    receive("peeked", s, 8, 0);
    nonblocking(s);
    receive("nothing more", s, 8, 0);
    tcp_pair(&client, &server);
    must(send(client, "abc", 3, 0) == 3, "send");
    must(shutdown(client, SD_SEND) == 0, "shutdown");
    wait_readable(server);
    receive("stream", server, 2, MSG_PARTIAL);
    receive("stream rest", server, 8, 0);
    receive("stream end", server, 8, 0);
    receive("WSARecvEx no socket", 0xdeadbeec, 1, 0);
    receive("WSARecvEx unconnected", tcp(), 1, 0);
    result("WSARecvEx no flags", WSARecvEx(server, data, 1, NULL) < 0);
    return 0;
}
