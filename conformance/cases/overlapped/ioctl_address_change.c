// A change of the local addresses ends the overlapped control codes that wait for it.
//
// rule: SIO_ADDRESS_LIST_CHANGE with an OVERLAPPED is pending, however the socket blocks; a change ends every one that
// waits, and CancelIoEx ends one with 995.
// source: https://learn.microsoft.com/windows/win32/winsock/winsock-ioctls, SIO_ADDRESS_LIST_CHANGE
// network: changing
// proves: WSAIoctl WSA_IO_PENDING
// proves: WSAGetOverlappedResult WSA_IO_INCOMPLETE
// expect: WSAIoctl first 997
// expect: WSAIoctl second 997
// expect: WSAIoctl third 997
// expect: WSAGetOverlappedResult third 995
// expect: WSAGetOverlappedResult first 996
// expect: WSAGetOverlappedResult first ok
// expect: WSAGetOverlappedResult second ok
// expect: WSAIoctl fourth 997
// expect: closed 995 0
#include "extension.h"
#include "changing.h"

static void ask(const char *what, SOCKET s, WSAOVERLAPPED *operation)
{
    DWORD count;
    with_event(operation);
    result(what, WSAIoctl(s, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &count, operation, NULL) != 0);
}

int main(void)
{
    WSAOVERLAPPED first, second, third, fourth;
    DWORD count, flags;
    SOCKET s;
    start();
    s = udp();
    ask("WSAIoctl first", s, &first);
    nonblocking(s);
    ask("WSAIoctl second", s, &second);
    ask("WSAIoctl third", s, &third);
    must(CancelIoEx((HANDLE)s, &third), "CancelIoEx");
    completed("WSAGetOverlappedResult third", s, &third);
    result("WSAGetOverlappedResult first", !WSAGetOverlappedResult(s, &first, &count, FALSE, &flags));
    change("address");
    completed("WSAGetOverlappedResult first", s, &first);
    completed("WSAGetOverlappedResult second", s, &second);
    ask("WSAIoctl fourth", s, &fourth);
    closesocket(s);
    must(WSAWaitForMultipleEvents(1, &fourth.hEvent, FALSE, 5000, FALSE) == WSA_WAIT_EVENT_0, "fourth");
    must(!GetOverlappedResult((HANDLE)s, &fourth, &count, FALSE), "fourth fails");
    printf("closed %u %u\n", (unsigned)GetLastError(), (unsigned)count);
    return 0;
}
