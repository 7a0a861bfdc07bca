// Overlapped sends and receives over more buffers than a system call of Linux takes.
//
// rule: WSASend and WSARecv take any number of buffers; a stream's come out in their order, a datagram's as one datagram.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend, dwBufferCount; the documentation
//         names no limit, and libuv's test tcp_writealot sends 4096 at a time
// expect: WSASend ok
// expect: sent 12000 in order
// expect: WSARecv ok
// expect: received 12000 in order
// expect: WSASend datagram ok
// expect: datagram 6000 in order
// expect: WSASendTo ok
// expect: datagram 6000 in order
#include "extension.h"
#include "objects.h"

enum { BUFFERS = 3000, EACH = 4, DATAGRAM = 1500 };

static char out[BUFFERS * EACH], in[BUFFERS * EACH + 1];
static WSABUF buffers[BUFFERS];

static void lend(char *memory)
{
    int i;
    for (i = 0; i < BUFFERS; i++) {
        buffers[i].buf = memory + i * EACH;
        buffers[i].len = EACH;
    }
}

static void told(const char *what, int count)
{
    printf("%s %d %s\n", what, count, memcmp(out, in, count) == 0 ? "in order" : "in disorder");
    fflush(stdout);
    memset(in, 0, sizeof in);
}

static DWORD ended(const char *what, SOCKET s, int failed, OVERLAPPED *operation)
{
    DWORD count = 0, flags;
    must(!failed || WSAGetLastError() == WSA_IO_PENDING, what);
    result(what, !WSAGetOverlappedResult(s, operation, &count, TRUE, &flags));
    must(CloseHandle(operation->hEvent), "CloseHandle");
    return count;
}

int main(void)
{
    SOCKET client, server, from, to;
    OVERLAPPED operation;
    struct sockaddr_in at;
    DWORD flags = 0;
    int i, count = 0;
    start();
    for (i = 0; i < (int)sizeof out; i++)
        out[i] = (char)(i * 7 + i / 251);

    tcp_pair(&client, &server);
    lend(out);
    with_event(&operation);
    i = WSASend(client, buffers, BUFFERS, NULL, 0, &operation, NULL);
    must(ended("WSASend", client, i, &operation) == sizeof out, "all of it");
    while (count < (int)sizeof out) {
        i = recv(server, in + count, (int)sizeof in - count, 0);
        must(i > 0, "recv");
        count += i;
    }
    told("sent", count);

    must(send(server, out, sizeof out, 0) == sizeof out, "send");
    lend(in);
    with_event(&operation);
    flags = MSG_WAITALL;
    i = WSARecv(client, buffers, BUFFERS, NULL, &flags, &operation, NULL);
    count = (int)ended("WSARecv", client, i, &operation);
    told("received", count);

    to = udp_bound(&at);
    from = udp();
    lend(out);
    with_event(&operation);
    must(connect(from, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    i = WSASend(from, buffers, DATAGRAM, NULL, 0, &operation, NULL);
    ended("WSASend datagram", from, i, &operation);
    told("datagram", recv(to, in, sizeof in, 0));

    from = udp();
    with_event(&operation);
    i = WSASendTo(from, buffers, DATAGRAM, NULL, 0, (struct sockaddr *)&at, sizeof at, &operation, NULL);
    ended("WSASendTo", from, i, &operation);
    told("datagram", recv(to, in, sizeof in, 0));
    return 0;
}
