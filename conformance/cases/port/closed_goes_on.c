// Sockets of a port that is closed.
//
// rule: a socket stays tied to its port when that is closed: what it has under way and begins later goes on, is told by
//       event and result and cancelled as ever, and no packet of it can be taken any more.
// source: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-createiocompletionport, Remarks: the port lives
//         as long as handles refer to it, those of files that are tied to it too
// expect: under way 0, bytes 5
// expect: begun later 0, bytes 5
// expect: without an event 1, bytes 5
// expect: cancelled 995
// expect: tied again 87
// expect: routine 10022
// expect: closed 0, status c0000120
#include "extension.h"
#include "objects.h"

static WSAOVERLAPPED operation;
static char bytes[8];

static void receives(SOCKET s, HANDLE event)
{
    WSABUF buffer = {sizeof bytes, bytes};
    DWORD flags = 0;
    fresh(&operation);
    if (event)
        ResetEvent(event);
    operation.hEvent = event;
    must(WSARecv(s, &buffer, 1, NULL, &flags, &operation, NULL) && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

static void CALLBACK routine(DWORD error, DWORD count, LPWSAOVERLAPPED of, DWORD flags)
{
    (void)error;
    (void)count;
    (void)of;
    (void)flags;
}

int main(void)
{
    SOCKET a, b;
    HANDLE port, event;
    DWORD count, flags = 0;
    WSABUF buffer = {sizeof bytes, bytes};
    BOOL good;
    start();
    tcp_pair(&a, &b);
    event = new_event(TRUE, FALSE);
    port = CreateIoCompletionPort((HANDLE)a, NULL, 7, 0);
    must(port != NULL, "CreateIoCompletionPort");
    receives(a, event);
    must(CloseHandle(port), "CloseHandle");
    must(send(b, "first", 5, 0) == 5, "send");
    printf("under way %u, ", (unsigned)WaitForSingleObject(event, 5000));
    printf("bytes %u\n", (unsigned)operation.InternalHigh);
    receives(a, event);
    must(send(b, "later", 5, 0) == 5, "send");
    printf("begun later %u, ", (unsigned)WaitForSingleObject(event, 5000));
    printf("bytes %u\n", (unsigned)operation.InternalHigh);
    receives(a, NULL);
    must(send(b, "third", 5, 0) == 5, "send");
    good = WSAGetOverlappedResult(a, &operation, &count, TRUE, &flags);
    printf("without an event %d, bytes %u\n", good, (unsigned)count);
    receives(a, event);
    must(CancelIoEx((HANDLE)a, &operation), "CancelIoEx");
    WSAGetOverlappedResult(a, &operation, &count, TRUE, &flags);
    printf("cancelled %d\n", WSAGetLastError());
    must(CreateIoCompletionPort((HANDLE)a, NULL, 7, 0) == NULL, "tied again");
    printf("tied again %u\n", (unsigned)GetLastError());
    WSARecv(a, &buffer, 1, NULL, &flags, &operation, routine);
    printf("routine %d\n", WSAGetLastError());
    receives(a, event);
    must(closesocket(a) == 0, "closesocket");
    printf("closed %u, ", (unsigned)WaitForSingleObject(event, 5000));
    printf("status %08x\n", (unsigned)operation.Internal);
    return 0;
}
