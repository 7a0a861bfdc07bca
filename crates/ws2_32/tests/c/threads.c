/* Threads that end in every way, wait for each other, and are told by events and routines. Sources: the functions' pages.
 */
#include <winsock2.h>
#include <windows.h>
#include <process.h>
#include <stdio.h>
#include <string.h>

static HANDLE go, tickets;
static LONG served;

static void leave(DWORD code)
{
    char room[512];
    memset(room, 1, sizeof room);
    ExitThread(code + (DWORD)room[0] - 1);
}

static DWORD WINAPI returns(LPVOID argument)
{
    WaitForSingleObject(go, INFINITE);
    return (DWORD)(ULONG_PTR)argument;
}

static DWORD WINAPI leaves(LPVOID argument)
{
    WaitForSingleObject(go, INFINITE);
    leave((DWORD)(ULONG_PTR)argument);
    return 0;
}

static void CALLBACK call_leaves(ULONG_PTR code)
{
    leave((DWORD)code);
}

static DWORD WINAPI leaves_in_a_call(LPVOID argument)
{
    WaitForSingleObject(go, INFINITE);
    QueueUserAPC(call_leaves, GetCurrentThread(), (ULONG_PTR)argument);
    SleepEx(INFINITE, TRUE);
    return 0;
}

static unsigned __stdcall ends(void *argument)
{
    WaitForSingleObject(go, INFINITE);
    _endthreadex((unsigned)(ULONG_PTR)argument);
    return 0;
}

static void plain(void *argument)
{
    ReleaseSemaphore((HANDLE)argument, 1, NULL);
    _endthread();
}

static DWORD WINAPI serves(LPVOID mutex)
{
    while (WaitForSingleObject(tickets, 100) == WAIT_OBJECT_0) {
        WaitForSingleObject((HANDLE)mutex, INFINITE);
        served = served + 1;
        ReleaseMutex((HANDLE)mutex);
    }
    return 0;
}

static void CALLBACK called(ULONG_PTR number)
{
    printf("called %u\n", (unsigned)number);
}

static void CALLBACK received(DWORD error, DWORD count, LPWSAOVERLAPPED overlapped, DWORD flags)
{
    printf("received %u %u %d %u\n", (unsigned)error, (unsigned)count, overlapped != NULL, (unsigned)flags);
}

static void many_threads(void)
{
    HANDLE threads[6], mutex;
    DWORD code;
    int i;
    go = CreateEvent(NULL, TRUE, FALSE, NULL);
    threads[0] = CreateThread(NULL, 0, returns, (LPVOID)10, 0, NULL);
    threads[1] = CreateThread(NULL, 65536, leaves, (LPVOID)11, 0, NULL);
    threads[2] = (HANDLE)_beginthreadex(NULL, 0, ends, (void *)12, 0, NULL);
    threads[3] = CreateThread(NULL, 1 << 22, leaves, (LPVOID)13, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    threads[4] = CreateThread(NULL, 0, leaves_in_a_call, (LPVOID)14, 0, NULL);
    printf("not yet %u\n", (unsigned)WaitForMultipleObjects(5, threads, FALSE, 10));
    SetEvent(go);
    printf("all %u\n", (unsigned)WaitForMultipleObjects(5, threads, TRUE, INFINITE));
    for (i = 0; i < 5; i++) {
        GetExitCodeThread(threads[i], &code);
        printf("code %u, closed %d\n", (unsigned)code, CloseHandle(threads[i]));
    }
    tickets = CreateSemaphore(NULL, 0, 1000, NULL);
    printf("begun %d\n", _beginthread(plain, 0, tickets) != (uintptr_t)-1);
    printf("ticket %u\n", (unsigned)WaitForSingleObject(tickets, 5000));
    mutex = CreateMutex(NULL, FALSE, NULL);
    for (i = 0; i < 4; i++)
        threads[i] = CreateThread(NULL, 0, serves, mutex, 0, NULL);
    ReleaseSemaphore(tickets, 1000, NULL);
    WaitForMultipleObjects(4, threads, TRUE, INFINITE);
    printf("served %d\n", (int)served);
    printf("refused %d", TerminateThread(threads[0], 1));
    printf(" %u", (unsigned)GetLastError());
    SetLastError(0);
    printf(", %d", SuspendThread(threads[0]) == (DWORD)-1);
    printf(" %u\n", (unsigned)GetLastError());
}

static void routine(void)
{
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0), server;
    struct sockaddr_in name;
    int length = sizeof name;
    char text[4];
    WSABUF buffer;
    OVERLAPPED overlapped;
    DWORD flags = 0;
    memset(&name, 0, sizeof name);
    memset(&overlapped, 0, sizeof overlapped);
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener, (struct sockaddr *)&name, sizeof name);
    listen(listener, 1);
    getsockname(listener, (struct sockaddr *)&name, &length);
    connect(client, (struct sockaddr *)&name, sizeof name);
    server = accept(listener, NULL, NULL);
    buffer.buf = text;
    buffer.len = sizeof text;
    printf("receive %d\n", WSARecv(server, &buffer, 1, NULL, &flags, &overlapped, received));
    QueueUserAPC(called, GetCurrentThread(), 5);
    printf("sleep %u\n", (unsigned)SleepEx(INFINITE, TRUE));
    send(client, "abc", 3, 0);
    printf("sleep %u\n", (unsigned)SleepEx(5000, TRUE));
    closesocket(client);
    closesocket(server);
    closesocket(listener);
}

int main(void)
{
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    many_threads();
    routine();
    WSACleanup();
    return 0;
}
