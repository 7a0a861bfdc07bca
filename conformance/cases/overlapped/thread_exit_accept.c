// A thread that ends while its AcceptEx is under way.
//
// rule: what no completion port tells ends with the thread that began it, with WSA_OPERATION_ABORTED: AcceptEx that waits
//       for a caller, and one that has its caller and waits for the first data.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks on threads that exit;
//         https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-acceptex
// expect: AcceptEx no caller 995
// expect: AcceptEx no data 995
#include "extension.h"
#include "objects.h"

static SOCKET listener, accepted;
static OVERLAPPED accepting;
static char room[100 + 64];
static struct sockaddr_in at;

static DWORD WINAPI accepts(void *caller)
{
    DWORD bytes;
    accepted = tcp();
    with_event(&accepting);
    must(!AcceptEx(listener, accepted, room, 100, 32, 32, &bytes, &accepting) && WSAGetLastError() == WSA_IO_PENDING,
         "AcceptEx");
    if (caller) {
        must(connect(*(SOCKET *)caller, (struct sockaddr *)&at, sizeof at) == 0, "connect");
        sleep_ms(200);
    }
    return 0;
}

int main(void)
{
    SOCKET caller;
    start();
    caller = tcp();
    listener = tcp_listening(&at);
    join(new_thread(accepts, NULL, 0));
    must(WaitForSingleObject(accepting.hEvent, 3000) == WAIT_OBJECT_0, "ended");
    completed("AcceptEx no caller", listener, &accepting);
    join(new_thread(accepts, &caller, 0));
    must(WaitForSingleObject(accepting.hEvent, 3000) == WAIT_OBJECT_0, "ended");
    completed("AcceptEx no data", listener, &accepting);
    return 0;
}
