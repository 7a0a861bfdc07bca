// AcceptEx and ConnectEx through a completion port.
//
// rule: each end is one packet with the key of the socket that the call was made on; one that is cancelled by a close says
// rule: so with ERROR_OPERATION_ABORTED, a refused one ERROR_CONNECTION_REFUSED.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-acceptex, remarks
// source: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getqueuedcompletionstatus
// expect: AcceptEx and ConnectEx keys 1 3 errors 0 0
// expect: ConnectEx refused key 3 error 1225
// expect: AcceptEx closed key 1 error 995
#include "extension.h"

static HANDLE port;

static int next(DWORD *error)
{
    DWORD bytes;
    ULONG_PTR key = 0;
    LPOVERLAPPED operation = NULL;
    BOOL good = GetQueuedCompletionStatus(port, &bytes, &key, &operation, 5000);
    *error = good ? 0 : GetLastError();
    must(operation != NULL, "GetQueuedCompletionStatus");
    return (int)key;
}

int main(void)
{
    LPFN_CONNECTEX ConnectEx;
    SOCKET listener, acceptor, client;
    struct sockaddr_in at, closed;
    WSAOVERLAPPED accepting, connecting;
    char space[2 * (sizeof at + 16)];
    DWORD count, first, second, room = sizeof at + 16;
    int a, b;
    start();
    ConnectEx = connect_ex();
    closed = unused_port();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    listener = tcp_listening(&at);
    acceptor = tcp();
    client = tcp();
    bind_free(client);
    must(CreateIoCompletionPort((HANDLE)listener, port, 1, 0) == port, "CreateIoCompletionPort");
    must(CreateIoCompletionPort((HANDLE)acceptor, port, 2, 0) == port, "CreateIoCompletionPort");
    must(CreateIoCompletionPort((HANDLE)client, port, 3, 0) == port, "CreateIoCompletionPort");
    fresh(&accepting);
    fresh(&connecting);
    AcceptEx(listener, acceptor, space, 0, room, room, &count, &accepting);
    ConnectEx(client, (struct sockaddr *)&at, sizeof at, NULL, 0, &count, &connecting);
    a = next(&first);
    b = next(&second);
    printf("AcceptEx and ConnectEx keys %d %d errors %d %d\n", a < b ? a : b, a < b ? b : a, (int)first, (int)second);
    closesocket(client);
    client = tcp();
    bind_free(client);
    must(CreateIoCompletionPort((HANDLE)client, port, 3, 0) == port, "CreateIoCompletionPort");
    ConnectEx(client, (struct sockaddr *)&closed, sizeof closed, NULL, 0, &count, &connecting);
    a = next(&first);
    printf("ConnectEx refused key %d error %d\n", a, (int)first);
    closesocket(acceptor);
    AcceptEx(listener, tcp(), space, 0, room, room, &count, &accepting);
    closesocket(listener);
    a = next(&first);
    printf("AcceptEx closed key %d error %d\n", a, (int)first);
    return 0;
}
