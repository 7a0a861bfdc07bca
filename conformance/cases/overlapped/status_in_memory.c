// What an operation writes into its OVERLAPPED.
//
// rule: Internal is STATUS_PENDING (0x103) while it is under way and then its NTSTATUS, InternalHigh the count of bytes;
//       HasOverlappedIoCompleted looks at the former.
// source: https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-overlapped;
//         dlls/ws2_32/tests/sock.c, test_WSARecv
// expect: WSARecv 997
// expect: status 00000103
// expect: received: done, status 00000000, bytes 5
// expect: WSASend ok
// expect: sent: done, status 00000000, bytes 10
// expect: WSARecv 997
// expect: cancelled: done, status c0000120, bytes 0
// expect: CancelIoEx again 1168
// expect: CancelIoEx all 1168
// expect: CancelIo ok
// expect: WSARecv 997
// expect: the stream's end: done, status 00000000, bytes 0
#include "extension.h"
#include "objects.h"

static void shows(const char *what, WSAOVERLAPPED *operation)
{
    printf("%s: %s, status %08x, bytes %u\n", what, HasOverlappedIoCompleted(operation) ? "done" : "under way",
           (unsigned)operation->Internal, (unsigned)operation->InternalHigh);
    fflush(stdout);
}

int main(void)
{
    SOCKET a, b;
    char bytes[10];
    WSABUF buffer = {10, bytes};
    WSAOVERLAPPED operation;
    DWORD flags = 0, count;
    start();
    tcp_pair(&a, &b);
    with_event(&operation);
    operation.Internal = 5;
    operation.InternalHigh = 9;
    result("WSARecv", WSARecv(a, &buffer, 1, NULL, &flags, &operation, NULL));
    printf("status %08x\n", (unsigned)operation.Internal);
    must(send(b, "hello", 5, 0) == 5, "send");
    must(WaitForSingleObject(operation.hEvent, 3000) == WAIT_OBJECT_0, "received");
    shows("received", &operation);

    result("WSASend", WSASend(a, &buffer, 1, &count, 0, &operation, NULL));
    shows("sent", &operation);
    wait_readable(b);

    flags = 0;
    result("WSARecv", WSARecv(a, &buffer, 1, NULL, &flags, &operation, NULL));
    must(CancelIoEx((HANDLE)a, &operation), "CancelIoEx");
    must(WaitForSingleObject(operation.hEvent, 3000) == WAIT_OBJECT_0, "cancelled");
    shows("cancelled", &operation);
    win32("CancelIoEx again", CancelIoEx((HANDLE)a, &operation));
    win32("CancelIoEx all", CancelIoEx((HANDLE)a, NULL));
    win32("CancelIo", CancelIo((HANDLE)a));

    flags = 0;
    result("WSARecv", WSARecv(a, &buffer, 1, NULL, &flags, &operation, NULL));
    must(shutdown(b, SD_SEND) == 0, "shutdown");
    must(WaitForSingleObject(operation.hEvent, 3000) == WAIT_OBJECT_0, "ended");
    shows("the stream's end", &operation);
    return 0;
}
