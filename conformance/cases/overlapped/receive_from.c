// Overlapped WSARecvFrom: the sender's address, order, a datagram that is cut.
//
// rule: address and length are written when the operation completes; operations complete in the order in which they were
// rule: begun; a cut datagram completes with WSAEMSGSIZE (ERROR_MORE_DATA, 234), its first bytes stored and counted.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecvfrom, remarks
// proves: WSARecvFrom WSAEMSGSIZE
// expect: WSARecvFrom first completed ok
// expect: first 1 from ok
// expect: WSARecvFrom second completed 10040
// expect: second 2 34
// expect: WSARecvFrom second win32 234
#include "extension.h"

int main(void)
{
    struct sockaddr_in at, sender, from;
    char one[2], two[2];
    WSABUF first = {2, one}, second = {2, two};
    WSAOVERLAPPED a, b;
    DWORD flags = 0, count;
    int length = sizeof from;
    SOCKET s, other;
    start();
    s = udp_bound(&at);
    other = udp_bound(&sender);
    fresh(&a);
    fresh(&b);
    memset(&from, 0, sizeof from);
    WSARecvFrom(s, &first, 1, NULL, &flags, (struct sockaddr *)&from, &length, &a, NULL);
    WSARecvFrom(s, &second, 1, NULL, &flags, NULL, NULL, &b, NULL);
    must(sendto(other, "1", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    must(sendto(other, "345", 3, 0, (struct sockaddr *)&at, sizeof at) == 3, "sendto");
    completed("WSARecvFrom first completed", s, &a);
    printf("first %c from %s\n", one[0], length == sizeof from && memcmp(&from, &sender, sizeof from) == 0 ? "ok" : "wrong");
    completed("WSARecvFrom second completed", s, &b);
    printf("second %d %.2s\n", (int)b.InternalHigh, two);
    result("WSARecvFrom second win32", !GetOverlappedResult((HANDLE)s, &b, &count, FALSE));
    return 0;
}
