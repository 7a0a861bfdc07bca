// How much of a datagram larger than the buffers has come.
//
// rule: WSARecv and WSARecvFrom tell the count of bytes stored and the sender with WSAEMSGSIZE too.
// source: recv_vectored_truncated and recv_from_vectored_truncated of the socket2 crate's tests/socket.rs, which its
//         Windows builds run: 24 bytes, and the sender's address, of a datagram of 39
// expect: WSARecv 10040
// expect: count 4, abcd
// expect: WSARecvFrom 10040
// expect: count 4, abcd, from the sender
// expect: WSARecvFrom into three 10040
// expect: count 5, ab cde
#include "case.h"

int main(void)
{
    char data[5] = "....", more[4] = "...";
    WSABUF buffer = {4, data}, buffers[3] = {{2, data}, {0, NULL}, {3, more}};
    DWORD count = 99, flags = 0;
    struct sockaddr_in at, mine, from;
    int length = sizeof from;
    SOCKET s, sender;
    start();
    s = udp_bound(&at);
    sender = udp_bound(&mine);
    for (int i = 0; i < 3; i++)
        must(sendto(sender, "abcdefgh", 8, 0, (struct sockaddr *)&at, sizeof at) == 8, "sendto");
    result("WSARecv", WSARecv(s, &buffer, 1, &count, &flags, NULL, NULL) != 0);
    printf("count %u, %s\n", (unsigned)count, data);
    memset(data, '.', 4);
    count = 99;
    flags = 0;
    result("WSARecvFrom", WSARecvFrom(s, &buffer, 1, &count, &flags, (struct sockaddr *)&from, &length, NULL, NULL));
    printf("count %u, %s, from %s\n", (unsigned)count, data, from.sin_port == mine.sin_port ? "the sender" : "nobody");
    memset(data, 0, 5);
    count = 99;
    flags = 0;
    result("WSARecvFrom into three", WSARecvFrom(s, buffers, 3, &count, &flags, NULL, NULL, NULL, NULL));
    printf("count %u, %s %s\n", (unsigned)count, data, more);
    return 0;
}
