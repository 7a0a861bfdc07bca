// Waiting for a socket's own handle.
//
// rule: an overlapped operation without an event tells its end by the handle: it is reset when an operation begins and set
//       when one ends. One with an event leaves the handle alone at its end.
// source: https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-overlapped, hEvent;
//         https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getoverlappedresult, Remarks
// expect: pending 258
// expect: ended 0
// expect: stays 0
// expect: the next begins 258
// expect: first of two 0
// expect: told by its event 258
// expect: cancelled, among others 1
// expect: closed failed 6
#include "extension.h"
#include "objects.h"

static char bytes[4];
static WSABUF buffer = {1, bytes};

static void receives(SOCKET s, WSAOVERLAPPED *operation)
{
    DWORD flags = 0;
    must(WSARecv(s, &buffer, 1, NULL, &flags, operation, NULL) && WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

int main(void)
{
    SOCKET a, b;
    WSAOVERLAPPED first, second;
    HANDLE both[2];
    start();
    tcp_pair(&a, &b);
    fresh(&first);
    receives(a, &first);
    waited("pending", WaitForSingleObject((HANDLE)a, 50));
    must(send(b, "x", 1, 0) == 1, "send");
    waited("ended", WaitForSingleObject((HANDLE)a, 3000));
    waited("stays", WaitForSingleObject((HANDLE)a, 0));
    receives(a, &first);
    waited("the next begins", WaitForSingleObject((HANDLE)a, 50));
    with_event(&second);
    receives(a, &second);
    must(send(b, "x", 1, 0) == 1, "send");
    waited("first of two", WaitForSingleObject((HANDLE)a, 3000));
    fresh(&first);
    receives(a, &first);
    must(send(b, "x", 1, 0) == 1, "send");
    must(WaitForSingleObject(second.hEvent, 3000) == WAIT_OBJECT_0, "second");
    waited("told by its event", WaitForSingleObject((HANDLE)a, 50));
    both[0] = new_event(TRUE, FALSE);
    both[1] = (HANDLE)a;
    must(CancelIoEx((HANDLE)a, &first), "CancelIoEx");
    waited("cancelled, among others", WaitForMultipleObjects(2, both, FALSE, 3000));
    must(closesocket(a) == 0, "closesocket");
    waited("closed", WaitForSingleObject((HANDLE)a, 0));
    return 0;
}
