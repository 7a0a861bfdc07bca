/* Registered I/O. Sources: the pages of the LPFN_RIO... functions. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PLACES 64

static RIO_EXTENSION_FUNCTION_TABLE rio;
static char *memory;
static RIO_BUFFERID buffer;

static void told(const char *what, int good)
{
    int code = good ? 0 : WSAGetLastError();
    printf("%s %d\n", what, code);
}

static RIO_BUF part(ULONG offset, ULONG length)
{
    RIO_BUF part;
    part.BufferId = buffer;
    part.Offset = offset;
    part.Length = length;
    return part;
}

static void *context(ULONG number)
{
    return (void *)(ULONG_PTR)number;
}

static BOOL receive(RIO_RQ queue, ULONG offset, ULONG length, DWORD flags, ULONG number)
{
    RIO_BUF data = part(offset, length);
    return rio.RIOReceive(queue, &data, 1, flags, context(number));
}

static BOOL send_part(RIO_RQ queue, ULONG offset, ULONG length, DWORD flags, ULONG number)
{
    RIO_BUF data = part(offset, length);
    return rio.RIOSend(queue, &data, 1, flags, context(number));
}

static int by_context(const void *one, const void *two)
{
    ULONGLONG a = ((const RIORESULT *)one)->RequestContext, b = ((const RIORESULT *)two)->RequestContext;
    return a < b ? -1 : a > b;
}

/* Looks until so many requests have ended, and shows them by their contexts. */
static void ends(const char *what, RIO_CQ queue, ULONG count)
{
    RIORESULT results[PLACES];
    ULONG have = 0, at;
    int looks;
    for (looks = 0; have < count && looks < 5000; looks++) {
        ULONG more = rio.RIODequeueCompletion(queue, results + have, count - have);
        have += more;
        if (more == 0)
            Sleep(1);
    }
    qsort(results, have, sizeof *results, by_context);
    printf("%s:", what);
    for (at = 0; at < have; at++)
        printf(" %u/%u=%d,%u", (unsigned)results[at].SocketContext, (unsigned)results[at].RequestContext,
               (int)results[at].Status, (unsigned)results[at].BytesTransferred);
    printf("\n");
}

static SOCKET made(int type, DWORD flags)
{
    return WSASocketW(AF_INET, type, 0, NULL, 0, flags);
}

static struct sockaddr_in loopback(void)
{
    struct sockaddr_in name;
    memset(&name, 0, sizeof name);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return name;
}

/* A stream of registered I/O and its plain peer; the stream is the accepted end. */
static void stream(SOCKET *registered, SOCKET *peer)
{
    SOCKET listener = made(SOCK_STREAM, WSA_FLAG_REGISTERED_IO | WSA_FLAG_OVERLAPPED);
    struct sockaddr_in name = loopback();
    int length = sizeof name;
    bind(listener, (struct sockaddr *)&name, sizeof name);
    listen(listener, 5);
    getsockname(listener, (struct sockaddr *)&name, &length);
    *peer = socket(AF_INET, SOCK_STREAM, 0);
    connect(*peer, (struct sockaddr *)&name, sizeof name);
    *registered = accept(listener, NULL, NULL);
    closesocket(listener);
}

static SOCKET datagrams(ULONG address)
{
    SOCKET s = made(SOCK_DGRAM, WSA_FLAG_REGISTERED_IO);
    struct sockaddr_in name = loopback();
    name.sin_addr.s_addr = htonl(address);
    bind(s, (struct sockaddr *)&name, sizeof name);
    return s;
}

static void read_all(SOCKET s, char *text, int bytes)
{
    int have = 0;
    while (have < bytes) {
        int more = recv(s, text + have, bytes - have, 0);
        if (more <= 0)
            break;
        have += more;
    }
    printf("peer has %d\n", have);
}

static void table(void)
{
    GUID guid = WSAID_MULTIPLE_RIO, other = WSAID_ACCEPTEX;
    SOCKET s = made(SOCK_STREAM, WSA_FLAG_REGISTERED_IO);
    DWORD bytes = 0;
    told("other guid", WSAIoctl(s, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &other, sizeof other, &rio, sizeof rio,
                                &bytes, NULL, NULL) == 0);
    told("no room", WSAIoctl(s, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &rio, sizeof rio - 1,
                             &bytes, NULL, NULL) == 0);
    told("table", WSAIoctl(s, SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER, &guid, sizeof guid, &rio, sizeof rio, &bytes,
                           NULL, NULL) == 0);
    printf("bytes %d, size %d\n", bytes == sizeof rio, rio.cbSize == sizeof rio);
    printf("sizes %u %u %u\n", (unsigned)sizeof(RIO_BUF), (unsigned)sizeof(RIORESULT),
           (unsigned)sizeof(RIO_NOTIFICATION_COMPLETION));
    closesocket(s);
}

static void buffers(void)
{
    told("register null", rio.RIORegisterBuffer(NULL, 10) != RIO_INVALID_BUFFERID);
    told("register nothing", rio.RIORegisterBuffer(memory, 0) != RIO_INVALID_BUFFERID);
    rio.RIODeregisterBuffer(RIO_INVALID_BUFFERID);
    buffer = rio.RIORegisterBuffer(memory, 1 << 16);
    told("register", buffer != RIO_INVALID_BUFFERID);
}

static void completion_queues(void)
{
    RIO_NOTIFICATION_COMPLETION notice;
    RIO_CQ queue;
    RIORESULT result;
    told("no places", rio.RIOCreateCompletionQueue(0, NULL) != RIO_INVALID_CQ);
    told("too many places", rio.RIOCreateCompletionQueue(RIO_MAX_CQ_SIZE + 1, NULL) != RIO_INVALID_CQ);
    memset(&notice, 0, sizeof notice);
    told("no type", rio.RIOCreateCompletionQueue(1, &notice) != RIO_INVALID_CQ);
    notice.Type = RIO_EVENT_COMPLETION;
    told("no event", rio.RIOCreateCompletionQueue(1, &notice) != RIO_INVALID_CQ);
    notice.Type = RIO_IOCP_COMPLETION;
    notice.Iocp.IocpHandle = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    told("no overlapped", rio.RIOCreateCompletionQueue(1, &notice) != RIO_INVALID_CQ);
    CloseHandle(notice.Iocp.IocpHandle);
    notice.Iocp.Overlapped = &notice;
    told("no port", rio.RIOCreateCompletionQueue(1, &notice) != RIO_INVALID_CQ);
    queue = rio.RIOCreateCompletionQueue(4, NULL);
    told("queue", queue != RIO_INVALID_CQ);
    printf("empty %u\n", (unsigned)rio.RIODequeueCompletion(queue, &result, 1));
    printf("notify %d\n", rio.RIONotify(queue));
    told("resize to none", rio.RIOResizeCompletionQueue(queue, 0));
    told("resize", rio.RIOResizeCompletionQueue(queue, 8));
    rio.RIOCloseCompletionQueue(queue);
    printf("closed: dequeue %d, notify %d\n", rio.RIODequeueCompletion(queue, &result, 1) == RIO_CORRUPT_CQ,
           rio.RIONotify(queue));
    told("resize closed", rio.RIOResizeCompletionQueue(queue, 8));
    rio.RIOCloseCompletionQueue(RIO_INVALID_CQ);
}

static void request_queues(void)
{
    RIO_CQ queue = rio.RIOCreateCompletionQueue(8, NULL);
    SOCKET s = datagrams(INADDR_LOOPBACK), plain = made(SOCK_DGRAM, WSA_FLAG_OVERLAPPED);
    SOCKET other = datagrams(INADDR_LOOPBACK);
    RIO_RQ requests;
    told("no socket", rio.RIOCreateRequestQueue(INVALID_SOCKET, 1, 1, 1, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    told("plain socket", rio.RIOCreateRequestQueue(plain, 1, 1, 1, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    told("no queue", rio.RIOCreateRequestQueue(s, 1, 1, 1, 1, queue, RIO_INVALID_CQ, NULL) != RIO_INVALID_RQ);
    told("nothing", rio.RIOCreateRequestQueue(s, 0, 1, 0, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    told("two buffers", rio.RIOCreateRequestQueue(s, 1, 2, 1, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    told("too many", rio.RIOCreateRequestQueue(s, 5, 1, 4, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    requests = rio.RIOCreateRequestQueue(s, 2, 1, 4, 1, queue, queue, NULL);
    told("requests", requests != RIO_INVALID_RQ);
    told("again", rio.RIOCreateRequestQueue(s, 1, 1, 1, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    told("beside", rio.RIOCreateRequestQueue(other, 2, 1, 1, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    told("shrink below", rio.RIOResizeCompletionQueue(queue, 5));
    told("resize to nothing", rio.RIOResizeRequestQueue(requests, 0, 0));
    told("resize beyond", rio.RIOResizeRequestQueue(requests, 2, 7));
    told("resize", rio.RIOResizeRequestQueue(requests, 2, 3));
    told("resize none", rio.RIOResizeRequestQueue(RIO_INVALID_RQ, 2, 3));
    told("beside", rio.RIOCreateRequestQueue(other, 2, 1, 1, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    closesocket(s);
    /* The places of a closed socket are free. */
    told("shrink", rio.RIOResizeCompletionQueue(queue, 3));
    told("receive closed", receive(requests, 0, 10, 0, 1));
    closesocket(other);
    closesocket(plain);
    rio.RIOCloseCompletionQueue(queue);
}

static void arguments(void)
{
    RIO_CQ queue = rio.RIOCreateCompletionQueue(8, NULL);
    SOCKET s = datagrams(INADDR_LOOPBACK), tcp, peer;
    RIO_RQ requests = rio.RIOCreateRequestQueue(s, 4, 1, 0, 1, queue, queue, NULL), streams;
    RIO_BUF data = part(0, 10), address = part(100, sizeof(SOCKADDR_INET) - 1);
    RIO_BUFFERID gone = rio.RIORegisterBuffer(memory, 100);
    told("two buffers", rio.RIOReceive(requests, &data, 2, 0, NULL));
    told("no data", rio.RIOReceive(requests, NULL, 1, 0, NULL));
    told("no count", rio.RIOReceive(requests, &data, 0, 0, NULL));
    told("flag", receive(requests, 0, 10, 0x100, 1));
    told("all of a datagram", receive(requests, 0, 10, RIO_MSG_WAITALL, 1));
    told("beyond", receive(requests, 1 << 16, 1, 0, 1));
    told("far beyond", receive(requests, 0xffffffff, 2, 0, 1));
    told("short address", rio.RIOReceiveEx(requests, &data, 1, NULL, &address, NULL, NULL, 0, NULL));
    data.BufferId = RIO_INVALID_BUFFERID;
    told("no buffer", rio.RIOReceive(requests, &data, 1, 0, NULL));
    rio.RIODeregisterBuffer(gone);
    data.BufferId = gone;
    told("deregistered", rio.RIOReceive(requests, &data, 1, 0, NULL));
    told("no queue", receive(RIO_INVALID_RQ, 0, 10, 0, 1));
    told("a socket's number", receive((RIO_RQ)(ULONG_PTR)s, 0, 10, 0, 1));
    told("no sends", send_part(requests, 0, 10, 0, 1));
    told("commit", rio.RIOReceive(requests, NULL, 0, RIO_MSG_COMMIT_ONLY, NULL));
    told("commit with context", rio.RIOReceive(requests, NULL, 0, RIO_MSG_COMMIT_ONLY, context(1)));
    told("commit and more", rio.RIOReceive(requests, NULL, 0, RIO_MSG_COMMIT_ONLY | RIO_MSG_DEFER, NULL));
    tcp = made(SOCK_STREAM, WSA_FLAG_REGISTERED_IO);
    streams = rio.RIOCreateRequestQueue(tcp, 1, 1, 1, 1, queue, queue, NULL);
    told("unconnected", receive(streams, 0, 10, 0, 1));
    told("unconnected", send_part(streams, 0, 10, 0, 1));
    closesocket(tcp);
    stream(&tcp, &peer);
    streams = rio.RIOCreateRequestQueue(tcp, 1, 1, 1, 1, queue, queue, NULL);
    told("stream without data", rio.RIOReceive(streams, NULL, 0, 0, NULL));
    told("wait for a send", send_part(streams, 0, 10, RIO_MSG_WAITALL, 1));
    rio.RIOCloseCompletionQueue(queue);
    told("queue closed", receive(streams, 0, 10, 0, 1));
    closesocket(tcp);
    closesocket(peer);
    closesocket(s);
}

static void echo_datagrams(ULONG address)
{
    RIO_CQ queue = rio.RIOCreateCompletionQueue(8, NULL);
    SOCKET s = datagrams(address), peer = socket(AF_INET, SOCK_DGRAM, 0);
    RIO_RQ requests = rio.RIOCreateRequestQueue(s, 4, 1, 4, 1, queue, queue, context(5));
    struct sockaddr_in name, from;
    RIO_BUF data = part(0, 100), local = part(1000, sizeof(SOCKADDR_INET)), remote = part(1100, sizeof(SOCKADDR_INET));
    RIO_BUF flags = part(1200, sizeof(ULONG)), reply = part(0, 5), control = part(1300, 100);
    int length = sizeof name;
    char text[100];
    getsockname(s, (struct sockaddr *)&name, &length);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    memset(memory, 0xee, 2000);
    told("receive", rio.RIOReceiveEx(requests, &data, 1, &local, &remote, &control, &flags, 0, context(1)));
    sendto(peer, "hello", 5, 0, (struct sockaddr *)&name, sizeof name);
    ends("received", queue, 1);
    length = sizeof from;
    getsockname(peer, (struct sockaddr *)&from, &length);
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    printf("data %.5s, to %d, from %d, flags %u, control %u\n", memory, memcmp(memory + 1000, &name, sizeof name) == 0,
           memcmp(memory + 1100, &from, sizeof from) == 0, (unsigned)*(ULONG *)(memory + 1200),
           (unsigned)((RIO_CMSG_BUFFER *)(memory + 1300))->TotalLength);
    told("send", rio.RIOSendEx(requests, &reply, 1, NULL, &remote, NULL, NULL, 0, context(2)));
    told("send from", rio.RIOSendEx(requests, &reply, 1, &local, &remote, NULL, NULL, 0, context(2)));
    ends("sent", queue, 1);
    printf("echo %d\n", recv(peer, text, sizeof text, 0));

    /* Cut, empty, and without a peer. */
    told("receive few", receive(requests, 0, 2, 0, 3));
    sendto(peer, "hello", 5, 0, (struct sockaddr *)&name, sizeof name);
    ends("cut", queue, 1);
    told("receive nothing", rio.RIOReceive(requests, NULL, 0, 0, context(4)));
    sendto(peer, "", 0, 0, (struct sockaddr *)&name, sizeof name);
    ends("empty", queue, 1);
    told("send nothing", rio.RIOSendEx(requests, NULL, 0, NULL, &remote, NULL, NULL, 0, context(5)));
    ends("sent nothing", queue, 1);
    printf("nothing %d\n", recv(peer, text, sizeof text, 0));
    told("no destination", send_part(requests, 0, 5, 0, 6));
    told("too long", rio.RIOSendEx(requests, (data = part(0, 65508), &data), 1, NULL, &remote, NULL, NULL, 0, context(7)));
    ends("too long", queue, 1);

    /* Control data, asked for. */
    {
        DWORD on = 1;
        WSACMSGHDR *message;
        setsockopt(s, IPPROTO_IP, IP_PKTINFO, (char *)&on, sizeof on);
        data = part(0, 100);
        told("receive with control", rio.RIOReceiveEx(requests, &data, 1, NULL, NULL, &control, NULL, 0, context(8)));
        sendto(peer, "hello", 5, 0, (struct sockaddr *)&name, sizeof name);
        ends("with control", queue, 1);
        message = RIO_CMSG_FIRSTHDR((RIO_CMSG_BUFFER *)(memory + 1300));
        printf("control %d %d, to %d, more %d\n", message->cmsg_level, message->cmsg_type,
               ((IN_PKTINFO *)WSA_CMSG_DATA(message))->ipi_addr.s_addr == htonl(INADDR_LOOPBACK),
               RIO_CMSG_NEXTHDR((RIO_CMSG_BUFFER *)(memory + 1300), message) != NULL);
        told("send with control",
             rio.RIOSendEx(requests, &reply, 1, NULL, &remote, &control, NULL, 0, context(9)));
        ends("sent with control", queue, 1);
        printf("echo %d\n", recv(peer, text, sizeof text, 0));
        ((RIO_CMSG_BUFFER *)(memory + 1300))->TotalLength = 101;
        told("control too long",
             rio.RIOSendEx(requests, &reply, 1, NULL, &remote, &control, NULL, 0, context(10)));
    }
    closesocket(peer);
    closesocket(s);
    rio.RIOCloseCompletionQueue(queue);
}

/* Many outstanding, full queues, and what was begun first ends first. */
static void many(void)
{
    RIO_CQ receives = rio.RIOCreateCompletionQueue(32, NULL), sends = rio.RIOCreateCompletionQueue(32, NULL);
    SOCKET s, peer;
    RIO_RQ requests;
    RIORESULT results[PLACES];
    char text[200];
    ULONG at, in_order = 1;
    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 32, 1, 32, 1, receives, sends, context(6));
    for (at = 0; at < 32; at++) {
        if (!receive(requests, at * 4, 4, at % 2 ? RIO_MSG_DEFER : 0, at))
            told("receive", 0);
    }
    told("one too many", receive(requests, 0, 4, 0, 99));
    told("commit", rio.RIOReceive(requests, NULL, 0, RIO_MSG_COMMIT_ONLY, NULL));
    told("resize", rio.RIOResizeRequestQueue(requests, 31, 32));
    for (at = 0; at < 128; at++)
        text[at] = (char)at;
    send(peer, text, 128, 0);
    for (at = 0; at < 32;) {
        ULONG more = rio.RIODequeueCompletion(receives, results, 5), each;
        for (each = 0; each < more; each++, at++)
            in_order &= results[each].RequestContext == at && results[each].BytesTransferred == 4;
        if (more == 0)
            Sleep(1);
    }
    printf("in order %u, data %d\n", (unsigned)in_order, memcmp(memory, text, 128) == 0);
    for (at = 0; at < 32; at++)
        send_part(requests, at * 4, 4, RIO_MSG_DEFER, at);
    /* They have ended; but only what was taken makes room. */
    read_all(peer, text, 128);
    told("no room", send_part(requests, 0, 4, 0, 99));
    rio.RIODequeueCompletion(sends, results, 1);
    told("room", send_part(requests, 0, 4, 0, 99));
    ends("rest", sends, 32);
    printf("echo %d\n", memcmp(memory, text, 128) == 0);
    told("all", receive(requests, 0, 10, RIO_MSG_WAITALL, 40));
    send(peer, "12345", 5, 0);
    Sleep(30);
    printf("not yet %u\n", (unsigned)rio.RIODequeueCompletion(receives, results, 1));
    send(peer, "67890", 5, 0);
    ends("whole", receives, 1);
    /* An ordinary call in between, and the end of the stream. */
    read_all(peer, text, 4);
    send(peer, "plain", 5, 0);
    printf("recv %d\n", recv(s, text, sizeof text, 0));
    printf("send %d\n", send(s, "plain", 5, 0));
    read_all(peer, text, 5);
    told("at the end", receive(requests, 0, 4, 0, 41));
    shutdown(peer, SD_SEND);
    ends("end", receives, 1);
    closesocket(peer);
    closesocket(s);
    rio.RIOCloseCompletionQueue(receives);
    rio.RIOCloseCompletionQueue(sends);
}

/* A send that must wait ends when the peer has read enough. */
static void large_send(void)
{
    RIO_CQ queue = rio.RIOCreateCompletionQueue(8, NULL);
    SOCKET s, peer;
    RIO_RQ requests;
    RIO_BUF data;
    ULONG size = 8 << 20;
    char *large = (char *)malloc(size), *copy = (char *)malloc(size);
    memset(large, 'x', size);
    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 1, 1, 2, 1, queue, queue, context(7));
    data.BufferId = rio.RIORegisterBuffer(large, size);
    data.Offset = 0;
    data.Length = size;
    told("large", rio.RIOSend(requests, &data, 1, 0, context(1)));
    told("behind it", send_part(requests, 0, 5, 0, 2));
    read_all(peer, copy, (int)size);
    read_all(peer, copy, 5);
    ends("sent", queue, 2);
    rio.RIODeregisterBuffer(data.BufferId);
    closesocket(peer);
    closesocket(s);
    rio.RIOCloseCompletionQueue(queue);
    free(large);
    free(copy);
}

static void closing(void)
{
    RIO_CQ queue = rio.RIOCreateCompletionQueue(4, NULL);
    SOCKET s, peer, other;
    RIO_RQ requests;
    struct linger hard = {1, 0};
    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 3, 1, 1, 1, queue, queue, context(8));
    receive(requests, 0, 4, 0, 1);
    receive(requests, 4, 4, 0, 2);
    closesocket(s);
    told("after close", receive(requests, 0, 4, 0, 3));
    other = datagrams(INADDR_LOOPBACK);
    told("places of those not taken", rio.RIOCreateRequestQueue(other, 1, 1, 1, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    ends("closed", queue, 2);
    told("places", rio.RIOCreateRequestQueue(other, 2, 1, 2, 1, queue, queue, NULL) != RIO_INVALID_RQ);
    closesocket(other);
    closesocket(peer);

    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 2, 1, 2, 1, queue, queue, context(9));
    receive(requests, 0, 4, 0, 1);
    setsockopt(peer, SOL_SOCKET, SO_LINGER, (char *)&hard, sizeof hard);
    closesocket(peer);
    ends("reset", queue, 1);
    told("after reset", send_part(requests, 0, 4, 0, 2));
    closesocket(s);

    /* The queue goes first, with what is in it and what would come. */
    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 2, 1, 2, 1, queue, queue, context(10));
    receive(requests, 0, 4, 0, 1);
    send_part(requests, 0, 4, 0, 2);
    rio.RIOCloseCompletionQueue(queue);
    closesocket(s);
    closesocket(peer);
}

static DWORD WINAPI begin_and_end(void *requests)
{
    receive((RIO_RQ)requests, 0, 4, 0, 1);
    return 0;
}

/* Requests outlive the thread that began them. */
static void threads(void)
{
    RIO_CQ queue = rio.RIOCreateCompletionQueue(4, NULL);
    SOCKET s, peer;
    RIO_RQ requests;
    HANDLE thread;
    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 2, 1, 2, 1, queue, queue, context(11));
    thread = CreateThread(NULL, 0, begin_and_end, requests, 0, NULL);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    send(peer, "1234", 4, 0);
    ends("of a thread that is gone", queue, 1);
    closesocket(s);
    closesocket(peer);
    rio.RIOCloseCompletionQueue(queue);
}

static void by_event(void)
{
    RIO_NOTIFICATION_COMPLETION notice;
    RIO_CQ queue;
    SOCKET s, peer;
    RIO_RQ requests;
    notice.Type = RIO_EVENT_COMPLETION;
    notice.Event.EventHandle = CreateEventW(NULL, TRUE, FALSE, NULL);
    notice.Event.NotifyReset = TRUE;
    queue = rio.RIOCreateCompletionQueue(8, &notice);
    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 4, 1, 4, 1, queue, queue, context(12));
    receive(requests, 0, 4, 0, 1);
    printf("notify %d\n", rio.RIONotify(queue));
    printf("again %d\n", rio.RIONotify(queue));
    printf("silent %d\n", WaitForSingleObject(notice.Event.EventHandle, 30) == WAIT_TIMEOUT);
    send(peer, "1234", 4, 0);
    printf("told %d\n", WaitForSingleObject(notice.Event.EventHandle, 5000) == WAIT_OBJECT_0);
    /* What is there already is told at once. */
    ResetEvent(notice.Event.EventHandle);
    printf("notify %d\n", rio.RIONotify(queue));
    printf("told %d\n", WaitForSingleObject(notice.Event.EventHandle, 0) == WAIT_OBJECT_0);
    ends("received", queue, 1);
    printf("notify %d\n", rio.RIONotify(queue));
    printf("reset %d\n", WaitForSingleObject(notice.Event.EventHandle, 0) == WAIT_TIMEOUT);
    /* One that gives no notice. */
    send_part(requests, 0, 4, RIO_MSG_DONT_NOTIFY, 2);
    read_all(peer, memory + 100, 4);
    printf("silent %d\n", WaitForSingleObject(notice.Event.EventHandle, 30) == WAIT_TIMEOUT);
    ends("sent", queue, 1);
    send_part(requests, 0, 4, 0, 3);
    printf("told %d\n", WaitForSingleObject(notice.Event.EventHandle, 5000) == WAIT_OBJECT_0);
    ends("sent", queue, 1);
    closesocket(s);
    closesocket(peer);
    rio.RIOCloseCompletionQueue(queue);
    CloseHandle(notice.Event.EventHandle);
}

static HANDLE port;

static void next(const char *what, DWORD wait)
{
    DWORD bytes = 4711;
    ULONG_PTR key = 0;
    OVERLAPPED *overlapped = NULL;
    BOOL ok = GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, wait);
    printf("%s: %d, bytes %u, key %u, overlapped %u\n", what, ok, ok ? (unsigned)bytes : 0, (unsigned)key,
           (unsigned)(ULONG_PTR)overlapped);
}

/* A server of many connections, told by packets. Its clients are plain. */
static void by_port(int tied)
{
    enum { CLIENTS = 16 };
    /* Nobody waits on the port to which the sockets are tied, so each trip waits for whoever looks after it. */
    const ULONG trips = tied ? 3 : 50;
    const struct timespec pause = {0, 30000000};
    RIO_NOTIFICATION_COMPLETION notice;
    RIORESULT results[PLACES];
    SOCKET s[CLIENTS], peer[CLIENTS];
    RIO_RQ requests[CLIENTS];
    RIO_CQ queue;
    ULONG at, trip, echoed = 0;
    HANDLE other = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    notice.Type = RIO_IOCP_COMPLETION;
    notice.Iocp.IocpHandle = port;
    notice.Iocp.CompletionKey = context(3);
    notice.Iocp.Overlapped = context(4);
    queue = rio.RIOCreateCompletionQueue(CLIENTS * 2, &notice);
    for (at = 0; at < CLIENTS; at++) {
        stream(&s[at], &peer[at]);
        if (tied)
            CreateIoCompletionPort((HANDLE)s[at], other, 0, 0);
        requests[at] = rio.RIOCreateRequestQueue(s[at], 1, 1, 1, 1, queue, queue, context(at));
        receive(requests[at], at * 100, 100, 0, at);
    }
    printf("notify %d\n", rio.RIONotify(queue));
    next("nothing", 0);
    for (trip = 0; trip < trips; trip++) {
        ULONG answered = 0;
        for (at = 0; at < CLIENTS; at++)
            send(peer[at], "0123456789", 10, 0);
        while (answered < CLIENTS) {
            OVERLAPPED *overlapped = NULL;
            ULONG_PTR key = 0;
            DWORD bytes;
            ULONG count, each;
            if (!GetQueuedCompletionStatus(port, &bytes, &key, &overlapped, 5000))
                return next("lost", 0);
            if (key != 3 || overlapped != (OVERLAPPED *)context(4))
                printf("packet %u\n", (unsigned)key);
            count = rio.RIODequeueCompletion(queue, results, PLACES);
            for (each = 0; each < count; each++) {
                ULONG client = (ULONG)results[each].SocketContext;
                if (results[each].RequestContext == 1000) {
                    answered++;
                    receive(requests[client], client * 100, 100, 0, client);
                } else
                    send_part(requests[client], client * 100, results[each].BytesTransferred, 0, 1000);
            }
            rio.RIONotify(queue);
        }
        for (at = 0; at < CLIENTS; at++) {
            char text[20];
            int have = 0;
            while (have < 10)
                have += recv(peer[at], text + have, 10 - have, 0);
            echoed += memcmp(text, "0123456789", 10) == 0;
        }
    }
    printf("echoed %u\n", (unsigned)echoed);
    for (at = 0; at < CLIENTS; at++)
        closesocket(s[at]);
    next("closed", 5000);
    ends("ends", queue, CLIENTS);
    /* Looking works too where packets give notice. */
    for (at = 0; at < CLIENTS; at++)
        closesocket(peer[at]);
    stream(&s[0], &peer[0]);
    requests[0] = rio.RIOCreateRequestQueue(s[0], 2, 1, 2, 1, queue, queue, context(0));
    receive(requests[0], 0, 10, 0, 1);
    send(peer[0], "look", 4, 0);
    ends("looked", queue, 1);
    /* Behind a pause of which the library hears nothing, at once. */
    receive(requests[0], 0, 10, 0, 2);
    send(peer[0], "once", 4, 0);
    nanosleep(&pause, NULL);
    printf("found at once: %u\n", (unsigned)rio.RIODequeueCompletion(queue, results, 1));
    closesocket(s[0]);
    closesocket(peer[0]);
    rio.RIOCloseCompletionQueue(queue);
    CloseHandle(port);
    CloseHandle(other);
}

/* A socket may have overlapped operations at the port too; they end in their order. */
static void beside_overlapped(void)
{
    RIO_NOTIFICATION_COMPLETION notice;
    RIO_CQ queue;
    SOCKET s, peer;
    RIO_RQ requests;
    OVERLAPPED overlapped;
    WSABUF space;
    DWORD flags = 0, bytes;
    char text[10];
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    notice.Type = RIO_IOCP_COMPLETION;
    notice.Iocp.IocpHandle = port;
    notice.Iocp.CompletionKey = context(3);
    notice.Iocp.Overlapped = context(4);
    queue = rio.RIOCreateCompletionQueue(4, &notice);
    stream(&s, &peer);
    requests = rio.RIOCreateRequestQueue(s, 2, 1, 2, 1, queue, queue, context(13));
    receive(requests, 0, 3, 0, 1);
    CreateIoCompletionPort((HANDLE)s, port, 7, 0);
    memset(&overlapped, 0, sizeof overlapped);
    space.buf = text;
    space.len = 3;
    told("WSARecv", WSARecv(s, &space, 1, &bytes, &flags, &overlapped, NULL) == 0);
    receive(requests, 3, 3, 0, 2);
    send(peer, "abcdefghi", 9, 0);
    {
        OVERLAPPED *which = NULL;
        ULONG_PTR key = 0;
        BOOL ok = GetQueuedCompletionStatus(port, &bytes, &key, &which, 5000);
        printf("packet %d, key %u, its own %d, bytes %u\n", ok, (unsigned)key, which == &overlapped, (unsigned)bytes);
    }
    ends("requests", queue, 2);
    printf("%.3s %.3s %.3s\n", memory, text, memory + 3);
    receive(requests, 0, 3, 0, 3);
    told("cancel", CancelIoEx((HANDLE)s, NULL));
    ends("cancelled", queue, 1);
    closesocket(s);
    closesocket(peer);
    rio.RIOCloseCompletionQueue(queue);
    CloseHandle(port);
}

int main(void)
{
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    memory = (char *)calloc(1, 1 << 16);
    table();
    buffers();
    completion_queues();
    request_queues();
    arguments();
    echo_datagrams(INADDR_LOOPBACK);
    echo_datagrams(INADDR_ANY);
    many();
    large_send();
    closing();
    threads();
    by_event();
    by_port(0);
    by_port(1);
    beside_overlapped();
    WSACleanup();
    free(memory);
    return 0;
}
