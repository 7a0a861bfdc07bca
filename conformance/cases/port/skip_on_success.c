// Operations that end at once, on a socket that is tied to a completion port.
//
// rule: a call that succeeds at once queues its packet all the same, unless FILE_SKIP_COMPLETION_PORT_ON_SUCCESS was set,
//       which cannot be taken back; one that was pending queues it always; one that fails at once never.
// source: https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-setfilecompletionnotificationmodes,
//         https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasend, Remarks
// expect: send ok
// expect: told: 1
// expect: receive 997
// expect: told: 1
// expect: bad modes 87
// expect: modes of no handle 6
// expect: skip ok
// expect: send ok
// expect: skipped: 0
// expect: receive of what is there: as promised
// expect: receive 997
// expect: told: 1
// expect: none ok
// expect: send ok
// expect: still skipped: 0
// expect: send after shutdown 10058
// expect: failed: 0
// expect: skip before it is tied ok
// expect: send ok
// expect: skipped: 0
#include "extension.h"
#include "objects.h"

static HANDLE port;

static void packets(const char *what)
{
    DWORD bytes;
    ULONG_PTR key;
    OVERLAPPED *operation;
    int count = 0;
    while (GetQueuedCompletionStatus(port, &bytes, &key, &operation, count ? 0 : 200))
        count++;
    printf("%s: %d\n", what, count);
    fflush(stdout);
}

static void transfer(const char *what, SOCKET s, int sends)
{
    static char byte;
    WSABUF buffer = {1, &byte};
    static WSAOVERLAPPED operation;
    DWORD bytes = 0, flags = 0;
    int failed;
    fresh(&operation);
    failed = sends ? WSASend(s, &buffer, 1, &bytes, 0, &operation, NULL)
                   : WSARecv(s, &buffer, 1, &bytes, &flags, &operation, NULL);
    result(what, failed);
}

// Data is there, and Winsock may end the receive at once or as pending; the packet comes in the latter case only.
static void at_once(SOCKET s)
{
    char byte;
    WSABUF buffer = {1, &byte};
    WSAOVERLAPPED operation;
    OVERLAPPED *told;
    DWORD bytes, flags = 0;
    ULONG_PTR key;
    BOOL was_pending, has_packet;
    fresh(&operation);
    was_pending = WSARecv(s, &buffer, 1, &bytes, &flags, &operation, NULL) == SOCKET_ERROR;
    has_packet = GetQueuedCompletionStatus(port, &bytes, &key, &told, 300);
    printf("receive of what is there: %s\n", was_pending == has_packet ? "as promised" : "wrong");
}

int main(void)
{
    SOCKET a, b, early, late;
    start();
    tcp_pair(&a, &b);
    port = CreateIoCompletionPort((HANDLE)a, NULL, 7, 0);
    transfer("send", a, 1);
    packets("told");
    transfer("receive", a, 0);
    must(send(b, "x", 1, 0) == 1, "send");
    packets("told");
    win32("bad modes", SetFileCompletionNotificationModes((HANDLE)a, 0x80));
    win32("modes of no handle", SetFileCompletionNotificationModes((HANDLE)(ULONG_PTR)0x12340, 1));
    win32("skip", SetFileCompletionNotificationModes((HANDLE)a, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
    transfer("send", a, 1);
    packets("skipped");
    must(send(b, "x", 1, 0) == 1, "send");
    wait_readable(a);
    at_once(a);
    transfer("receive", a, 0);
    must(send(b, "x", 1, 0) == 1, "send");
    packets("told");
    win32("none", SetFileCompletionNotificationModes((HANDLE)a, 0));
    transfer("send", a, 1);
    packets("still skipped");
    must(shutdown(a, SD_SEND) == 0, "shutdown");
    transfer("send after shutdown", a, 1);
    packets("failed");

    tcp_pair(&early, &late);
    win32("skip before it is tied",
          SetFileCompletionNotificationModes((HANDLE)early, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
    must(CreateIoCompletionPort((HANDLE)early, port, 8, 0) == port, "CreateIoCompletionPort");
    transfer("send", early, 1);
    packets("skipped");
    return 0;
}
