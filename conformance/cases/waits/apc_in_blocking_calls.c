// APCs and completion routines of a thread that is blocked in a Winsock call.
//
// rule: a blocking call that must wait waits alertably: what is queued for the thread runs, and the call goes on. A call
//       that finds what it wants at once runs nothing.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks: "Winsock performs an
//         alertable wait in this situation"; dlls/ws2_32/tests/sock.c, test_select and test_WSARecv
// expect: recv of 1, apcs 1
// expect: recv at once 1, apcs 0
// expect: SleepEx 192, apcs 1
// expect: select 1, apcs 1
// expect: select timed out 0, apcs 1
// expect: accept good, apcs 1
// expect: recvfrom 1, apcs 1
// expect: routine 995 then recv 1
// expect: from another thread: recv 1, apcs 1
// expect: connect 0, send all, apcs 0
#include "extension.h"
#include "objects.h"

static int calls;
static SOCKET sends_to;
static struct sockaddr_in calls_at;
static HANDLE blocked;

static void CALLBACK count(ULONG_PTR argument)
{
    (void)argument;
    calls++;
}

static void queue_own(void)
{
    calls = 0;
    must(QueueUserAPC(count, GetCurrentThread(), 0) != 0, "QueueUserAPC");
}

static void send_later(void *argument)
{
    (void)argument;
    sleep_ms(200);
    must(send(sends_to, "x", 1, 0) == 1, "send");
}

static void call_later(void *argument)
{
    SOCKET s = tcp();
    (void)argument;
    sleep_ms(200);
    must(connect(s, (struct sockaddr *)&calls_at, sizeof calls_at) == 0, "connect");
}

static void datagram_later(void *argument)
{
    SOCKET s = udp();
    (void)argument;
    sleep_ms(200);
    must(sendto(s, "x", 1, 0, (struct sockaddr *)&calls_at, sizeof calls_at) == 1, "sendto");
}

static void queue_then_send(void *argument)
{
    sleep_ms(200);
    must(QueueUserAPC(count, blocked, 0) != 0, "QueueUserAPC");
    sleep_ms(200);
    send_later(argument);
}

static void CALLBACK routine(DWORD error, DWORD bytes, LPWSAOVERLAPPED operation, DWORD flags)
{
    (void)bytes;
    (void)operation;
    (void)flags;
    printf("routine %u then ", (unsigned)error);
}

int main(void)
{
    SOCKET a, b, c, d, listener, datagram;
    struct sockaddr_in at;
    struct timeval limit = {5, 0}, none = {0, 100000};
    WSAOVERLAPPED operation;
    DWORD flags = 0;
    WSABUF buffer;
    char byte, one;
    fd_set set;
    struct thread thread;
    int value;
    start();
    tcp_pair(&a, &b);
    tcp_pair(&c, &d);
    sends_to = b;

    queue_own();
    thread_start(&thread, send_later, NULL);
    value = recv(a, &byte, 1, 0);
    printf("recv of %d, apcs %d\n", value, calls);
    thread_join(&thread);

    must(send(b, "x", 1, 0) == 1, "send");
    wait_readable(a);
    queue_own();
    value = recv(a, &byte, 1, 0);
    printf("recv at once %d, apcs %d\n", value, calls);
    value = SleepEx(0, TRUE);
    printf("SleepEx %d, apcs %d\n", value, calls);

    queue_own();
    thread_start(&thread, send_later, NULL);
    FD_ZERO(&set);
    FD_SET(a, &set);
    value = select(0, &set, NULL, NULL, &limit);
    printf("select %d, apcs %d\n", value, calls);
    thread_join(&thread);
    must(recv(a, &byte, 1, 0) == 1, "recv");

    queue_own();
    FD_ZERO(&set);
    FD_SET(a, &set);
    value = select(0, &set, NULL, NULL, &none);
    printf("select timed out %d, apcs %d\n", value, calls);

    listener = tcp_listening(&calls_at);
    queue_own();
    thread_start(&thread, call_later, NULL);
    value = accept(listener, NULL, NULL) != INVALID_SOCKET;
    printf("accept %s, apcs %d\n", value ? "good" : "bad", calls);
    thread_join(&thread);

    datagram = udp_bound(&calls_at);
    queue_own();
    thread_start(&thread, datagram_later, NULL);
    value = recvfrom(datagram, &byte, 1, 0, NULL, NULL);
    printf("recvfrom %d, apcs %d\n", value, calls);
    thread_join(&thread);

    // The completion routine of another socket's receive, which is cancelled.
    memset(&operation, 0, sizeof operation);
    buffer.buf = &one;
    buffer.len = 1;
    must(WSARecv(c, &buffer, 1, NULL, &flags, &operation, routine) == SOCKET_ERROR, "WSARecv");
    must(CancelIoEx((HANDLE)c, &operation), "CancelIoEx");
    thread_start(&thread, send_later, NULL);
    value = recv(a, &byte, 1, 0);
    printf("recv %d\n", value);
    thread_join(&thread);

    calls = 0;
    must(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &blocked, 0, FALSE,
                         DUPLICATE_SAME_ACCESS),
         "DuplicateHandle");
    thread_start(&thread, queue_then_send, NULL);
    value = recv(a, &byte, 1, 0);
    printf("from another thread: recv %d, apcs %d\n", value, calls);
    thread_join(&thread);

    // Neither has to wait.
    listener = tcp_listening(&at);
    queue_own();
    a = tcp();
    value = connect(a, (struct sockaddr *)&at, sizeof at);
    calls = 0;
    queue_own();
    printf("connect %d, send %s, apcs %d\n", value, send(a, "abc", 3, 0) == 3 ? "all" : "part", calls);
    fflush(stdout);
    return 0;
}
