// CancelIo and CancelIoEx.
//
// rule: CancelIo ends what the calling thread has begun on the handle and nothing else; CancelIoEx what any thread has,
//       one operation or all, and says ERROR_NOT_FOUND (1168) if there is none; a closed socket ends all of its own.
// source: https://learn.microsoft.com/windows/win32/fileio/cancelio, https://learn.microsoft.com/windows/win32/fileio/cancelioex-func
// expect: CancelIo without any ok
// expect: CancelIoEx without any 1168
// expect: CancelIo of no handle 6
// expect: CancelIoEx of no handle 6
// expect: CancelIo ok
// expect: first 995
// expect: second, another thread's 996
// expect: third 995
// expect: CancelIoEx of one ok
// expect: first 996
// expect: second 995
// expect: CancelIoEx of all ok
// expect: first 995
// expect: third 995
// expect: closed 0
// expect: closed 0
// expect: status c0000120 c0000120
#include "extension.h"
#include "objects.h"

static SOCKET a, b;
static WSAOVERLAPPED first, second, third;
static char bytes[3][4];
static HANDLE begun, go_on;

static void receives(WSAOVERLAPPED *operation, char *into)
{
    WSABUF buffer = {4, into};
    DWORD flags = 0;
    with_event(operation);
    must(WSARecv(a, &buffer, 1, NULL, &flags, operation, NULL) && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

static void state(const char *what, WSAOVERLAPPED *operation)
{
    DWORD count, flags;
    BOOL good = WSAGetOverlappedResult(a, operation, &count, FALSE, &flags);
    printf("%s %d\n", what, good ? 0 : WSAGetLastError());
}

static DWORD WINAPI other(void *argument)
{
    (void)argument;
    receives(&second, bytes[1]);
    SetEvent(begun);
    WaitForSingleObject(go_on, 5000);
    return 0;
}

int main(void)
{
    HANDLE thread;
    start();
    tcp_pair(&a, &b);
    begun = new_event(TRUE, FALSE);
    go_on = new_event(TRUE, FALSE);
    win32("CancelIo without any", CancelIo((HANDLE)a));
    win32("CancelIoEx without any", CancelIoEx((HANDLE)a, NULL));
    win32("CancelIo of no handle", CancelIo((HANDLE)(ULONG_PTR)0x12340));
    win32("CancelIoEx of no handle", CancelIoEx((HANDLE)(ULONG_PTR)0x12340, NULL));
    receives(&first, bytes[0]);
    thread = new_thread(other, NULL, 0);
    must(WaitForSingleObject(begun, 5000) == WAIT_OBJECT_0, "begun");
    receives(&third, bytes[2]);
    win32("CancelIo", CancelIo((HANDLE)a));
    sleep_ms(100);
    state("first", &first);
    state("second, another thread's", &second);
    state("third", &third);
    receives(&first, bytes[0]);
    win32("CancelIoEx of one", CancelIoEx((HANDLE)a, &second));
    sleep_ms(100);
    state("first", &first);
    state("second", &second);
    receives(&third, bytes[2]);
    win32("CancelIoEx of all", CancelIoEx((HANDLE)a, NULL));
    sleep_ms(100);
    state("first", &first);
    state("third", &third);
    SetEvent(go_on);
    join(thread);
    receives(&first, bytes[0]);
    receives(&third, bytes[2]);
    must(closesocket(a) == 0, "closesocket");
    waited("closed", WaitForSingleObject(first.hEvent, 1000));
    waited("closed", WaitForSingleObject(third.hEvent, 1000));
    printf("status %08x %08x\n", (unsigned)first.Internal, (unsigned)third.Internal);
    return 0;
}
