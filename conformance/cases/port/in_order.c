// Many operations of one socket at once.
//
// rule: receives get the stream's bytes in the order in which they were begun, and so do sends give theirs; their packets
//       come in that order.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks: "calls to WSARecv
//         ... in the order in which they are made"; https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend
// expect: receives in order 50
// expect: sends in order 50
// expect: bytes in order 1600000
#include "extension.h"

#define COUNT 50
#define BYTES 32000

struct piece {
    WSAOVERLAPPED operation;
    unsigned char *bytes;
};

static struct piece pieces[COUNT];
static SOCKET reader;
static int in_order;

static void drain(void *argument)
{
    static unsigned char bytes[4096];
    long long at = 0;
    int count, i;
    (void)argument;
    while (at < (long long)COUNT * BYTES && (count = recv(reader, (char *)bytes, sizeof bytes, 0)) > 0)
        for (i = 0; i < count; i++, at++)
            in_order += bytes[i] == (unsigned char)(at / BYTES);
}

static int taken_in_order(HANDLE port)
{
    int i, good = 0;
    for (i = 0; i < COUNT; i++) {
        DWORD bytes;
        ULONG_PTR key;
        OVERLAPPED *operation;
        must(GetQueuedCompletionStatus(port, &bytes, &key, &operation, 5000), "GetQueuedCompletionStatus");
        good += operation == &pieces[i].operation;
    }
    return good;
}

int main(void)
{
    SOCKET a, b;
    HANDLE port;
    DWORD flags;
    struct thread thread;
    int i, good;
    unsigned char all[COUNT];
    start();
    tcp_pair(&a, &b);
    port = CreateIoCompletionPort((HANDLE)a, NULL, 0, 1);
    for (i = 0; i < COUNT; i++) {
        WSABUF buffer;
        pieces[i].bytes = malloc(BYTES);
        buffer.len = 1;
        buffer.buf = (char *)pieces[i].bytes;
        flags = 0;
        must(WSARecv(a, &buffer, 1, NULL, &flags, &pieces[i].operation, NULL) && WSAGetLastError() == WSA_IO_PENDING,
             "WSARecv");
        all[i] = i;
    }
    must(send(b, (char *)all, COUNT, 0) == COUNT, "send");
    good = taken_in_order(port);
    for (i = 0; i < COUNT; i++)
        good -= pieces[i].bytes[0] != i;
    printf("receives in order %d\n", good);

    for (i = 0; i < COUNT; i++) {
        WSABUF buffer;
        memset(pieces[i].bytes, i, BYTES);
        memset(&pieces[i].operation, 0, sizeof pieces[i].operation);
        buffer.len = BYTES;
        buffer.buf = (char *)pieces[i].bytes;
        must(!WSASend(a, &buffer, 1, NULL, 0, &pieces[i].operation, NULL) || WSAGetLastError() == WSA_IO_PENDING,
             "WSASend");
    }
    reader = b;
    thread_start(&thread, drain, NULL);
    printf("sends in order %d\n", taken_in_order(port));
    thread_join(&thread);
    printf("bytes in order %d\n", in_order);
    return 0;
}
