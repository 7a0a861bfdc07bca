// Each thread has its own last error.
//
// rule: a failure in another thread does not change this thread's last error; a new thread starts with 0.
// source: https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-wsagetlasterror, remarks
// expect: new thread starts with 0
// expect: other thread 10038
// expect: first thread 10061
#include "case.h"

static void other(void *unused)
{
    (void)unused;
    printf("new thread starts with %d\n", WSAGetLastError());
    closesocket(INVALID_SOCKET);
    printf("other thread %d\n", WSAGetLastError());
}

int main(void)
{
    struct thread thread;
    start();
    WSASetLastError(10061);
    thread_start(&thread, other, NULL);
    thread_join(&thread);
    printf("first thread %d\n", WSAGetLastError());
    return 0;
}
