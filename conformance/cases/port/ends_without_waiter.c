// What comes for the sockets of a port on which no thread waits at that moment.
//
// rule: an operation ends when there is something for it, whether or not a thread waits on the port, which only keeps
//       packets. What it took is no more in the socket, it is too late to cancel it, and the socket's close does not undo it.
// source: https://learn.microsoft.com/windows/win32/fileio/i-o-completion-ports,
//         https://learn.microsoft.com/windows/win32/fileio/cancelioex-func, Remarks,
//         https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks on overlapped sockets
// expect: readable: 0 bytes, 0 sockets, 0 polled
// expect: cancelled 1168
// expect: packet 7: 5 bytes, 0
// expect: result 5 bytes
// expect: packet 7: 5 bytes, 0
// expect: in the buffer: hello
// expect: packet 7: 5 bytes, 0
// expect: closed; packet 7: 5 bytes, 0
// expect: plain receive: later
// expect: packet 7: 5 bytes, 0
// expect: plain datagram: 2
// expect: packet 8: 1 bytes, 0
// expect: listener: 0 sockets
// expect: accept cancelled 1168
// expect: packet 9: 0 bytes, 0
#include "extension.h"
#include "objects.h"

static HANDLE port;
static WSAOVERLAPPED operation;
static char bytes[8];

static void packet(void)
{
    DWORD count = 0, error = 0;
    ULONG_PTR key = 0;
    OVERLAPPED *told = NULL;
    if (!GetQueuedCompletionStatus(port, &count, &key, &told, 2000))
        error = GetLastError();
    printf("packet %u: %u bytes, %u\n", (unsigned)key, (unsigned)count, (unsigned)error);
    fflush(stdout);
}

static void receives(SOCKET s)
{
    WSABUF buffer = {sizeof bytes, bytes};
    DWORD flags = 0;
    fresh(&operation);
    memset(bytes, 0, sizeof bytes);
    must(WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL) && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

// Something comes for the receive, and this thread is the only one.
static void comes(SOCKET to, SOCKET from, const char *what)
{
    receives(to);
    must(send(from, what, (int)strlen(what), 0) == (int)strlen(what), "send");
    Sleep(20);
}

static int selected(SOCKET s)
{
    struct timeval none = {0, 0};
    fd_set set;
    FD_ZERO(&set);
    FD_SET(s, &set);
    return select(0, &set, NULL, NULL, &none);
}

// The port has been waited on, as in a program that serves by it.
static void tied(SOCKET s, SOCKET peer, ULONG_PTR key)
{
    DWORD count;
    ULONG_PTR of;
    OVERLAPPED *told;
    must(CreateIoCompletionPort((HANDLE)s, port, key, 0) == port, "CreateIoCompletionPort");
    receives(s);
    must(send(peer, "x", 1, 0) == 1, "send");
    must(GetQueuedCompletionStatus(port, &count, &of, &told, 5000), "GetQueuedCompletionStatus");
}

int main(void)
{
    SOCKET a, b, u, v, listener, into, caller;
    struct sockaddr_in at, of_v;
    char space[2 * (sizeof at + 16)], more[8] = {0};
    WSAPOLLFD polled;
    u_long waiting = 99;
    DWORD count, flags;
    start();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    tcp_pair(&a, &b);
    tied(a, b, 7);

    comes(a, b, "hello");
    must(ioctlsocket(a, FIONREAD, &waiting) == 0, "FIONREAD");
    printf("readable: %u bytes, ", (unsigned)waiting);
    printf("%d sockets, ", selected(a));
    polled.fd = a;
    polled.events = POLLRDNORM;
    printf("%d polled\n", WSAPoll(&polled, 1, 0));
    win32("cancelled", CancelIoEx((HANDLE)a, &operation));
    packet();

    comes(a, b, "hello");
    must(WSAGetOverlappedResult(a, &operation, &count, FALSE, &flags), "WSAGetOverlappedResult");
    printf("result %u bytes\n", (unsigned)count);
    packet();

    comes(a, b, "hello");
    printf("in the buffer: %s\n", bytes);
    packet();

    receives(a);
    must(send(b, "hello", 5, 0) == 5, "send");
    sleep_ms(5);
    must(closesocket(a) == 0, "closesocket");
    printf("closed; ");
    packet();

    tcp_pair(&a, &b);
    tied(a, b, 7);
    receives(a);
    must(send(b, "first", 5, 0) == 5, "send");
    sleep_ms(5);
    must(selected(a) == 0, "select");
    must(send(b, "later", 5, 0) == 5, "send");
    must(recv(a, more, 5, 0) == 5, "recv");
    printf("plain receive: %s\n", more);
    packet();

    u = udp_bound(&at);
    v = udp_bound(&of_v);
    must(connect(v, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    tied(u, v, 8);
    receives(u);
    must(send(v, "1", 1, 0) == 1, "send");
    sleep_ms(5);
    must(send(v, "2", 1, 0) == 1, "send");
    memset(more, 0, sizeof more);
    must(recv(u, more, sizeof more, 0) == 1, "recv");
    printf("plain datagram: %s\n", more);
    packet();

    listener = tcp_listening(&at);
    must(CreateIoCompletionPort((HANDLE)listener, port, 9, 0) == port, "CreateIoCompletionPort");
    into = tcp();
    caller = tcp();
    fresh(&operation);
    must(!AcceptEx(listener, into, space, 0, sizeof at + 16, sizeof at + 16, &count, &operation), "AcceptEx");
    must(connect(caller, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    sleep_ms(5);
    printf("listener: %d sockets\n", selected(listener));
    win32("accept cancelled", CancelIoEx((HANDLE)listener, &operation));
    packet();
    return 0;
}
