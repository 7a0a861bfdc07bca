// How an overlapped control code that waits for nothing ends.
//
// rule: one that is done within the call returns its count, and its end is told with 0 bytes all the same: by the port, the
// event or the routine. An unknown one is pending, and ends with WSAEOPNOTSUPP. A failure of the call leaves the
// OVERLAPPED alone, and so does a missing place for the count.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsaioctl
// source: Wine dlls/ws2_32/tests/sock.c, test_unsupported_ioctls and test_fionread_siocatmark, validated on Windows
// proves: WSAIoctl WSA_IO_PENDING
// proves: WSAIoctl WSAEFAULT
// expect: WSAIoctl done ok
// expect: count 4 packet 1 bytes 0
// expect: WSAIoctl list 997
// expect: packet 1 whole 1
// expect: WSAIoctl no count 10014
// expect: WSAIoctl short 10014
// expect: untouched 1 packet 0
// expect: WSAIoctl unknown 997
// expect: WSAGetOverlappedResult unknown 10045
// expect: WSAIoctl routine ok
// expect: alerted 192 error 0 bytes 0
// expect: WSAIoctl unknown routine 997
// expect: alerted 192 error 10045 bytes 0
#include "extension.h"

#define UNKNOWN 0xdeadbeef

static DWORD told, bytes;

static void CALLBACK ended(DWORD error, DWORD count, LPWSAOVERLAPPED operation, DWORD flags)
{
    (void)operation, (void)flags;
    told = error;
    bytes = count;
}

static int packet(HANDLE port, DWORD *count)
{
    ULONG_PTR key;
    LPOVERLAPPED which = NULL;
    GetQueuedCompletionStatus(port, count, &key, &which, 50);
    return which != NULL;
}

static void alerted(void)
{
    DWORD woken = SleepEx(1000, TRUE);
    printf("alerted %u error %u bytes %u\n", (unsigned)woken, (unsigned)told, (unsigned)bytes);
}

int main(void)
{
    WSAOVERLAPPED operation;
    char list[4096];
    u_long there;
    DWORD count = 0, told_by_port = 77;
    HANDLE port;
    SOCKET s;
    int came;
    start();
    s = udp();
    bind_free(s);
    port = CreateIoCompletionPort((HANDLE)s, NULL, 0, 0);

    fresh(&operation);
    result("WSAIoctl done", WSAIoctl(s, FIONREAD, NULL, 0, &there, sizeof there, &count, &operation, NULL) != 0);
    came = packet(port, &told_by_port);
    printf("count %u packet %d bytes %u\n", (unsigned)count, came, (unsigned)told_by_port);

    fresh(&operation);
    result("WSAIoctl list",
           WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, list, sizeof list, &count, &operation, NULL) != 0);
    came = packet(port, &told_by_port);
    printf("packet %d whole %d\n", came, told_by_port > 0 && told_by_port % sizeof(INTERFACE_INFO) == 0);

    operation.Internal = 7;
    result("WSAIoctl no count", WSAIoctl(s, FIONREAD, NULL, 0, &there, sizeof there, NULL, &operation, NULL) != 0);
    result("WSAIoctl short", WSAIoctl(s, FIONREAD, NULL, 0, &there, 3, &count, &operation, NULL) != 0);
    came = packet(port, &told_by_port);
    printf("untouched %d packet %d\n", operation.Internal == 7, came);

    fresh(&operation);
    result("WSAIoctl unknown", WSAIoctl(s, UNKNOWN, NULL, 0, NULL, 0, &count, &operation, NULL) != 0);
    completed("WSAGetOverlappedResult unknown", s, &operation);

    s = udp();
    bind_free(s);
    fresh(&operation);
    result("WSAIoctl routine",
           WSAIoctl(s, FIONREAD, NULL, 0, &there, sizeof there, &count, &operation, ended) != 0);
    alerted();
    fresh(&operation);
    result("WSAIoctl unknown routine", WSAIoctl(s, UNKNOWN, NULL, 0, NULL, 0, &count, &operation, ended) != 0);
    alerted();
    return 0;
}
