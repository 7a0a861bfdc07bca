// Overlapped calls on a socket that was made without WSA_FLAG_OVERLAPPED.
//
// rule: the calls wait, also on a non-blocking socket, and return when they have ended; their OVERLAPPED says so too. No
//       completion port takes such a socket.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsasocketw, WSA_FLAG_OVERLAPPED;
//         dlls/ws2_32/tests/sock.c, test_nonblocking_async_recv
// expect: WSARecv ok
// expect: bytes 1, 1
// expect: event 0
// expect: WSARecv non-blocking ok
// expect: WSASend ok
// expect: tie to a port 87
#include "extension.h"
#include "objects.h"

static SOCKET peer;

static void send_later(void *argument)
{
    (void)argument;
    sleep_ms(300);
    must(send(peer, "x", 1, 0) == 1, "send");
}

int main(void)
{
    SOCKET listener, s;
    struct sockaddr_in at;
    char byte;
    WSABUF buffer = {1, &byte};
    DWORD bytes = 0, flags = 0;
    WSAOVERLAPPED operation;
    struct thread thread;
    start();
    listener = tcp_listening(&at);
    s = WSASocketA(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0);
    must(connect(s, (struct sockaddr *)&at, sizeof at) == 0, "connect");
    peer = accept(listener, NULL, NULL);
    thread_start(&thread, send_later, NULL);
    with_event(&operation);
    result("WSARecv", WSARecv(s, &buffer, 1, &bytes, &flags, &operation, NULL));
    printf("bytes %u, %u\n", (unsigned)bytes, (unsigned)operation.InternalHigh);
    waited("event", WaitForSingleObject(operation.hEvent, 0));
    thread_join(&thread);
    nonblocking(s);
    thread_start(&thread, send_later, NULL);
    with_event(&operation);
    result("WSARecv non-blocking", WSARecv(s, &buffer, 1, &bytes, &flags, &operation, NULL));
    thread_join(&thread);
    with_event(&operation);
    result("WSASend", WSASend(s, &buffer, 1, &bytes, 0, &operation, NULL));
    win32("tie to a port", CreateIoCompletionPort((HANDLE)s, NULL, 0, 0) != NULL);
    return 0;
}
