// Failed operations, as a completion port tells them.
//
// rule: GetQueuedCompletionStatus is FALSE with the OVERLAPPED and a Win32 error; for the same operation
//       WSAGetOverlappedResult gives the Winsock code.
// source: https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-getqueuedcompletionstatus, Return value;
//         dlls/ws2_32/tests/sock.c, test_completion_port and test_WSAGetOverlappedResult
// expect: cancelled: key 1, bytes 0, error 995, status c0000120, 995
// expect: closed: key 1, bytes 0, error 995, status c0000120
// expect: reset: key 2, bytes 0, error 64, status c000020d, 10054
// expect: ended: key 3, bytes 0, error 0, status 00000000, 0
// expect: refused: key 4, bytes 0, error 1225, status c0000236, 10061
// expect: cut: key 5, bytes 3, error 234, status 80000005, 10040
#include "extension.h"
#include "objects.h"

static HANDLE port;

static void next(const char *what, SOCKET s)
{
    DWORD bytes = 77, flags = 0, error;
    ULONG_PTR key = 77;
    OVERLAPPED *operation = NULL;
    BOOL good = GetQueuedCompletionStatus(port, &bytes, &key, &operation, 5000);
    error = good ? 0 : GetLastError();
    must(operation != NULL, "a packet");
    printf("%s: key %u, bytes %u, error %u, status %08x", what, (unsigned)key, (unsigned)bytes, (unsigned)error,
           (unsigned)operation->Internal);
    if (s != INVALID_SOCKET)
        printf(", %d", WSAGetOverlappedResult(s, operation, &bytes, FALSE, &flags) ? 0 : WSAGetLastError());
    printf("\n");
    fflush(stdout);
}

static void receives(SOCKET s, WSAOVERLAPPED *operation)
{
    static char bytes[3];
    WSABUF buffer = {sizeof bytes, bytes};
    DWORD flags = 0;
    fresh(operation);
    must(WSARecv(s, &buffer, 1, NULL, &flags, operation, NULL) == 0 || WSAGetLastError() == WSA_IO_PENDING, "WSARecv");
}

static SOCKET tied(SOCKET s, ULONG_PTR key)
{
    must(CreateIoCompletionPort((HANDLE)s, port, key, 0) == port, "CreateIoCompletionPort");
    return s;
}

int main(void)
{
    SOCKET a, b, datagram;
    WSAOVERLAPPED operation;
    struct sockaddr_in at;
    start();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);

    tcp_pair(&a, &b);
    receives(tied(a, 1), &operation);
    must(CancelIoEx((HANDLE)a, &operation), "CancelIoEx");
    next("cancelled", a);
    receives(a, &operation);
    must(closesocket(a) == 0, "closesocket");
    next("closed", INVALID_SOCKET);

    tcp_pair(&a, &b);
    receives(tied(a, 2), &operation);
    reset_connection(b);
    next("reset", a);

    tcp_pair(&a, &b);
    receives(tied(a, 3), &operation);
    must(closesocket(b) == 0, "closesocket");
    next("ended", a);

    a = tied(tcp(), 4);
    bind_free(a);
    at = unused_port();
    fresh(&operation);
    must(!connect_ex()(a, (struct sockaddr *)&at, sizeof at, NULL, 0, NULL, &operation), "ConnectEx");
    next("refused", a);

    datagram = tied(udp_bound(&at), 5);
    receives(datagram, &operation);
    must(sendto(udp(), "12345", 5, 0, (struct sockaddr *)&at, sizeof at) == 5, "sendto");
    next("cut", datagram);
    return 0;
}
