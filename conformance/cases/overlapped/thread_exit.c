// What a thread has begun ends with it.
//
// rule: a thread's pending operations are cancelled when it ends; those of a socket that is tied to a completion port
// are not.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsarecv, Remarks: all I/O initiated by a given thread is canceled when that thread exits
// source: https://learn.microsoft.com/windows/win32/Rpc/asynchronous-i-o-and-asynchronous-rpc, for sockets of a port since Vista
// expect: event 0
// expect: WSAGetOverlappedResult ended 995
// expect: tied to a port 996
#include "objects.h"

static SOCKET client, server;
static WSAOVERLAPPED operation;
static char letter[1];

static DWORD WINAPI begins(LPVOID argument)
{
    WSABUF buffer = {1, letter};
    DWORD flags = 0;
    (void)argument;
    must(WSARecv(server, &buffer, 1, NULL, &flags, &operation, NULL) != 0, "WSARecv");
    return 0;
}

int main(void)
{
    DWORD count, flags;
    start();
    tcp_pair(&client, &server);
    operation.hEvent = WSACreateEvent();
    join(new_thread(begins, NULL, 0));
    waited("event", WaitForSingleObject(operation.hEvent, 1000));
    result("WSAGetOverlappedResult ended", !WSAGetOverlappedResult(server, &operation, &count, FALSE, &flags));
    must(CreateIoCompletionPort((HANDLE)server, NULL, 5, 0) != NULL, "CreateIoCompletionPort");
    join(new_thread(begins, NULL, 0));
    sleep_ms(50);
    result("tied to a port", !WSAGetOverlappedResult(server, &operation, &count, FALSE, &flags));
    return 0;
}
