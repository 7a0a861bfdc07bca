// Overlapped receives without room.
//
// rule: on a stream one without room ends when data is there, and takes none; on a datagram socket it takes a datagram and
//       fails with WSAEMSGSIZE. A receive time-out does not apply to what is under way.
// source: dlls/ws2_32/tests/sock.c, test_empty_recv and test_timeout; https://learn.microsoft.com/windows/win32/winsock/sol-socket-socket-options, SO_RCVTIMEO
// expect: WSARecv 997
// expect: no data: under way
// expect: data: 0 bytes
// expect: WSARecv again ok
// expect: still there: 0 bytes
// expect: recv 1
// expect: WSARecv datagram 997
// expect: datagram: 10040
// expect: WSARecv datagram 997
// expect: empty datagram: 0 bytes
#include "extension.h"
#include "objects.h"

static char one;
static WSABUF none = {0, &one};

static void receives(const char *what, SOCKET s, WSAOVERLAPPED *operation)
{
    DWORD flags = 0;
    with_event(operation);
    result(what, WSARecv(s, &none, 1, NULL, &flags, operation, NULL));
}

static void ended(const char *what, SOCKET s, WSAOVERLAPPED *operation, DWORD wait)
{
    DWORD bytes = 77, flags;
    if (WaitForSingleObject(operation->hEvent, wait) == WAIT_TIMEOUT) {
        printf("%s: under way\n", what);
        return;
    }
    if (WSAGetOverlappedResult(s, operation, &bytes, FALSE, &flags))
        printf("%s: %u bytes\n", what, (unsigned)bytes);
    else
        printf("%s: %d\n", what, WSAGetLastError());
}

int main(void)
{
    SOCKET a, b, datagram, from;
    struct sockaddr_in at;
    WSAOVERLAPPED operation;
    DWORD limit = 200;
    start();
    tcp_pair(&a, &b);
    must(setsockopt(a, SOL_SOCKET, SO_RCVTIMEO, (char *)&limit, sizeof limit) == 0, "SO_RCVTIMEO");
    receives("WSARecv", a, &operation);
    ended("no data", a, &operation, 500);
    must(send(b, "x", 1, 0) == 1, "send");
    ended("data", a, &operation, 3000);
    receives("WSARecv again", a, &operation);
    ended("still there", a, &operation, 3000);
    printf("recv %d\n", recv(a, &one, 1, 0));

    datagram = udp_bound(&at);
    from = udp();
    receives("WSARecv datagram", datagram, &operation);
    must(sendto(from, "x", 1, 0, (struct sockaddr *)&at, sizeof at) == 1, "sendto");
    ended("datagram", datagram, &operation, 3000);
    receives("WSARecv datagram", datagram, &operation);
    must(sendto(from, "x", 0, 0, (struct sockaddr *)&at, sizeof at) == 0, "sendto");
    ended("empty datagram", datagram, &operation, 3000);
    return 0;
}
