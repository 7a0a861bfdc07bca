// Datagrams that have come already and are longer than the room for them; datagrams too long to be sent.
//
// rule: a receive that finds a datagram too long fails with WSAEMSGSIZE (10040) in its own call, its event set and its
//       result kept; with FILE_SKIP_COMPLETION_PORT_ON_SUCCESS it queues no packet, without it one with ERROR_MORE_DATA
//       (234). A datagram too long to be sent is refused when the call pends already, and its end tells WSAEMSGSIZE.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, return values; test_recv of
//         dlls/ws2_32/tests/afd.c, checked on Windows: STATUS_BUFFER_OVERFLOW from the call itself; for the
//         send test/test-udp-dgram-too-big.c of libuv, which its Windows builds run: uv_udp_send, which fails if the
//         call does, succeeds, and the request ends with UV_EMSGSIZE
// proves: WSARecv WSASendTo WSAEMSGSIZE
// expect: WSARecv 10040
// expect: event 0, status 80000005, bytes 3, hel
// expect: result 10040, bytes 3
// expect: WSASendTo 997
// expect: event 0
// expect: WSASendTo in the end 10040
// expect: WSARecv skipping 10040
// expect: packet 0 258
#include "extension.h"
#include "objects.h"

static struct sockaddr_in at;
static char bytes[8], too_long[70000];

static void arrives(SOCKET s)
{
    SOCKET from = udp();
    must(sendto(from, "hello", 5, 0, (struct sockaddr *)&at, sizeof at) == 5, "sendto");
    wait_readable(s);
    closesocket(from);
}

int main(void)
{
    WSABUF room = {3, bytes}, all = {sizeof too_long, too_long};
    WSAOVERLAPPED operation, *taken;
    DWORD count = 0, flags = 0;
    ULONG_PTR key;
    HANDLE port;
    SOCKET s;
    BOOL good;
    start();
    s = udp_bound(&at);
    with_event(&operation);
    arrives(s);
    result("WSARecv", WSARecv(s, &room, 1, NULL, &flags, &operation, NULL));
    printf("event %u, ", (unsigned)WaitForSingleObject(operation.hEvent, 0));
    printf("status %08x, bytes %u, %.3s\n", (unsigned)operation.Internal, (unsigned)operation.InternalHigh, bytes);
    good = WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags);
    printf("result %d, bytes %u\n", good ? 0 : WSAGetLastError(), (unsigned)count);
    WSAResetEvent(operation.hEvent);
    result("WSASendTo", WSASendTo(s, &all, 1, NULL, 0, (struct sockaddr *)&at, sizeof at, &operation, NULL));
    waited("event", WaitForSingleObject(operation.hEvent, 100));
    good = WSAGetOverlappedResult(s, &operation, &count, FALSE, &flags);
    printf("WSASendTo in the end %d\n", good ? 0 : WSAGetLastError());
    port = CreateIoCompletionPort((HANDLE)s, NULL, 1, 0);
    must(SetFileCompletionNotificationModes((HANDLE)s, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS), "modes");
    arrives(s);
    flags = 0;
    fresh(&operation);
    result("WSARecv skipping", WSARecv(s, &room, 1, NULL, &flags, &operation, NULL));
    good = GetQueuedCompletionStatus(port, &count, &key, &taken, 100);
    printf("packet %d %u\n", good, (unsigned)GetLastError());
    return 0;
}
