// What a program calls while it ends.
//
// rule: a function that atexit names, and with it the destructor of a C++ program's global object, may call everything: the
//       main thread still has its values, its sockets and its ports. Its fiber's values are let go of behind that.
// source: https://learn.microsoft.com/cpp/c-runtime-library/reference/atexit,
//         https://learn.microsoft.com/windows/win32/procthread/thread-local-storage
// expect: main ends
// expect: value 7
// expect: fresh value 8
// expect: fiber value 9
// expect: event 0
// expect: thread 0 5
// expect: call came
// expect: slept 192
// expect: posted 11
// expect: received 5 3
// expect: packet 995
// expect: select 1
// expect: poll 1
// expect: network event 1
// expect: text 127.0.0.1
// expect: service 80
// expect: closed 10038
// expect: cleaned up 0
// expect: let go of 9
#include "objects.h"

static DWORD place, fresh, fibers;
static SOCKET client, server;
static HANDLE port;
static char bytes[8];
static OVERLAPPED receiving;

static DWORD WINAPI five(void *argument)
{
    (void)argument;
    return 5;
}

static VOID CALLBACK called(ULONG_PTR argument)
{
    (void)argument;
    printf("call came\n");
}

static VOID WINAPI let_go(void *value)
{
    printf("let go of %d\n", (int)(INT_PTR)value);
    fflush(stdout);
}

static void objects(void)
{
    HANDLE event = CreateEvent(NULL, TRUE, TRUE, NULL), thread;
    DWORD code = 0;
    printf("event %u\n", (unsigned)WaitForSingleObject(event, 0));
    thread = CreateThread(NULL, 0, five, NULL, 0, NULL);
    printf("thread %u", (unsigned)WaitForSingleObject(thread, 5000));
    GetExitCodeThread(thread, &code);
    printf(" %u\n", (unsigned)code);
    QueueUserAPC(called, GetCurrentThread(), 0);
    printf("slept %u\n", (unsigned)SleepEx(5000, TRUE));
    CloseHandle(thread);
    CloseHandle(event);
}

// The receive that main began ends here, and the next one is cancelled.
static void packets(void)
{
    DWORD count = 0, flags = 0;
    ULONG_PTR key = 0;
    OVERLAPPED *done;
    WSABUF buffer = {sizeof bytes, bytes};
    PostQueuedCompletionStatus(port, 0, 11, NULL);
    GetQueuedCompletionStatus(port, &count, &key, &done, 5000);
    printf("posted %u\n", (unsigned)key);
    send(client, "abc", 3, 0);
    GetQueuedCompletionStatus(port, &count, &key, &done, 5000);
    printf("received %u %u\n", (unsigned)key, (unsigned)count);
    WSARecv(server, &buffer, 1, NULL, &flags, &receiving, NULL);
    CancelIoEx((HANDLE)server, &receiving);
    GetQueuedCompletionStatus(port, &count, &key, &done, 5000);
    printf("packet %u\n", (unsigned)GetLastError());
}

static void readiness(void)
{
    WSAEVENT event = WSACreateEvent();
    WSANETWORKEVENTS events;
    WSAPOLLFD poll = {client, POLLRDNORM, 0};
    struct timeval limit = {5, 0};
    fd_set set;
    send(server, "d", 1, 0);
    FD_ZERO(&set);
    FD_SET(client, &set);
    printf("select %d\n", select(0, &set, NULL, NULL, &limit));
    printf("poll %d\n", WSAPoll(&poll, 1, 5000));
    WSAEventSelect(client, event, FD_READ);
    WSAWaitForMultipleEvents(1, &event, FALSE, 5000, FALSE);
    WSAEnumNetworkEvents(client, event, &events);
    printf("network event %d\n", (int)events.lNetworkEvents);
    WSACloseEvent(event);
}

static void at_end(void)
{
    struct in_addr address = {{{127, 0, 0, 1}}};
    struct servent *service = getservbyname("http", "tcp");
    printf("value %d\n", (int)(INT_PTR)TlsGetValue(place));
    TlsSetValue(fresh, (void *)8);
    printf("fresh value %d\n", (int)(INT_PTR)TlsGetValue(fresh));
    printf("fiber value %d\n", (int)(INT_PTR)FlsGetValue(fibers));
    objects();
    packets();
    readiness();
    printf("text %s\n", inet_ntoa(address));
    printf("service %d\n", service ? ntohs(service->s_port) : 0);
    closesocket(client);
    closesocket(server);
    closesocket(server);
    printf("closed %d\n", WSAGetLastError());
    printf("cleaned up %d\n", WSACleanup());
    fflush(stdout);
}

int main(void)
{
    DWORD flags = 0;
    WSABUF buffer = {sizeof bytes, bytes};
    atexit(at_end);
    start();
    place = TlsAlloc();
    fresh = TlsAlloc();
    fibers = FlsAlloc(let_go);
    TlsSetValue(place, (void *)7);
    FlsSetValue(fibers, (void *)9);
    tcp_pair(&client, &server);
    port = CreateIoCompletionPort((HANDLE)server, NULL, 5, 0);
    WSARecv(server, &buffer, 1, NULL, &flags, &receiving, NULL);
    printf("main ends\n");
    return 0;
}
