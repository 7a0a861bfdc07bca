// Plain transfers beside overlapped ones.
//
// rule: what comes goes to the operation that was begun first, and what goes out leaves in the order of the calls.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks on the order of receives
// expect: recv 1
// expect: first 1 second 2
// expect: recv 1
// expect: first 1 second 2
// expect: recv 1
// expect: first 1 second 2
// expect: WSASend 997
// expect: send non-blocking 10035
// expect: send 1000
// expect: WSASend in parts ok
// expect: the overlapped one has ended
// expect: read 16779216 bytes, 0 not in order
#include "extension.h"
#include "objects.h"

static SOCKET a, b;

static void sends(void *argument)
{
    (void)argument;
    sleep_ms(300);
    must(send(b, "1", 1, 0) == 1, "send");
    sleep_ms(300);
    must(send(b, "2", 1, 0) == 1, "send");
}

static SOCKET reader;

static void reads(void *argument)
{
    static unsigned char bytes[1 << 16];
    long long at = 0, wrong = 0;
    int count, i;
    (void)argument;
    sleep_ms(300);
    while ((count = recv(reader, (char *)bytes, sizeof bytes, 0)) > 0)
        for (i = 0; i < count; i++, at++)
            wrong += bytes[i] != (at < (16 << 20) ? 1 : 2);
    printf("read %lld bytes, %lld not in order\n", at, wrong);
    fflush(stdout);
}

// A plain send behind an overlapped one that is half done.
static void sends_in_order(void)
{
    static char block[16 << 20], rest[1000];
    WSABUF buffer = {sizeof block, block}, more = {500, rest};
    WSABUF parts[2];
    WSAOVERLAPPED operation;
    SOCKET s;
    DWORD bytes;
    struct thread thread;
    u_long on = 1;
    memset(block, 1, sizeof block);
    memset(rest, 2, sizeof rest);
    parts[0] = parts[1] = more;
    tcp_pair(&s, &reader);
    with_event(&operation);
    result("WSASend", WSASend(s, &buffer, 1, NULL, 0, &operation, NULL));
    must(ioctlsocket(s, FIONBIO, &on) == 0, "FIONBIO");
    result("send non-blocking", send(s, rest, 1, 0) < 0);
    on = 0;
    must(ioctlsocket(s, FIONBIO, &on) == 0, "FIONBIO");
    thread_start(&thread, reads, NULL);
    printf("send %d\n", send(s, rest, sizeof rest, 0));
    result("WSASend in parts", WSASend(s, parts, 2, &bytes, 0, NULL, NULL));
    printf("the overlapped one %s\n", HasOverlappedIoCompleted(&operation) ? "has ended" : "is under way");
    must(shutdown(s, SD_SEND) == 0, "shutdown");
    thread_join(&thread);
}

int main(void)
{
    char first = '-', second = '-';
    WSABUF buffer = {1, &first};
    WSAOVERLAPPED operation;
    DWORD flags = 0, turn;
    struct thread thread;
    start();
    tcp_pair(&a, &b);
    for (turn = 0; turn < 3; turn++) {
        with_event(&operation);
        must(WSARecv(a, &buffer, 1, NULL, &flags, &operation, NULL) && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
        thread_start(&thread, sends, NULL);
        printf("recv %d\n", recv(a, &second, 1, 0));
        must(WaitForSingleObject(operation.hEvent, 3000) == WAIT_OBJECT_0, "first");
        printf("first %c second %c\n", first, second);
        thread_join(&thread);
    }
    sends_in_order();
    return 0;
}
