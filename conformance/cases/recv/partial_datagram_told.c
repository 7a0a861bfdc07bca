// A datagram larger than the buffer, received by WSARecvEx.
//
// rule: WSARecvEx gives the bytes that fit and sets MSG_PARTIAL, where recv fails with WSAEMSGSIZE; the rest is gone. A whole
//   message, and every part of a stream, leaves the flag out. Otherwise it is recv.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-wsarecvex
// expect: partial 4 abcd flags 1
// expect: whole 3 ghi flags 0
// expect: stream 2 xy flags 0
// expect: WSARecvEx no flags 10014
// expect: WSARecvEx nothing there 10035
// expect: WSARecvEx unconnected 10057
// expect: WSARecvEx closed 10038
#include "case.h"

static void print(const char *what, int count, const char *bytes, int flags)
{
    printf("%s %d %.*s flags %d\n", what, count, count > 0 ? count : 0, bytes, (flags & MSG_PARTIAL) != 0);
}

int main(void)
{
    SOCKET s, sender, client, server;
    struct sockaddr_in at;
    u_long on = 1;
    char bytes[8];
    int flags = 0, count;
    start();
    s = udp_bound(&at);
    sender = udp();
    must(sendto(sender, "abcdef", 6, 0, (struct sockaddr *)&at, sizeof at) == 6, "sendto");
    must(sendto(sender, "ghi", 3, 0, (struct sockaddr *)&at, sizeof at) == 3, "sendto");
    count = WSARecvEx(s, bytes, 4, &flags);
    print("partial", count, bytes, flags);
    count = WSARecvEx(s, bytes, 4, &flags);
    print("whole", count, bytes, flags);
    tcp_pair(&client, &server);
    must(send(server, "xyz", 3, 0) == 3, "send");
    flags = 0;
    count = WSARecvEx(client, bytes, 2, &flags);
    print("stream", count, bytes, flags);
    result("WSARecvEx no flags", WSARecvEx(client, bytes, 1, NULL) < 0);
    must(ioctlsocket(s, FIONBIO, &on) == 0, "FIONBIO");
    result("WSARecvEx nothing there", WSARecvEx(s, bytes, 4, &flags) < 0);
    result("WSARecvEx unconnected", WSARecvEx(tcp(), bytes, 4, &flags) < 0);
    closesocket(client);
    result("WSARecvEx closed", WSARecvEx(client, bytes, 4, &flags) < 0);
    return 0;
}
