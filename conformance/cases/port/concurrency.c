// How many threads a completion port lets run.
//
// rule: with a concurrency of 1 a second thread gets a packet when the one that runs blocks, and the next packet goes to
//       the thread that comes back for it, without a change of threads.
// source: https://learn.microsoft.com/windows/win32/fileio/i-o-completion-ports, How I/O Completion Ports Work and
//         Threads and Concurrency
// expect: both packets while the first thread sleeps
// expect: all 100 taken
#include "objects.h"

static HANDLE port;
static LONG taken, sleeping;
static volatile LONG met;

static DWORD WINAPI works(void *argument)
{
    DWORD bytes;
    ULONG_PTR key;
    OVERLAPPED *operation;
    (void)argument;
    while (GetQueuedCompletionStatus(port, &bytes, &key, &operation, 5000) && key != 9) {
        if (key == 1) {
            if (InterlockedIncrement(&sleeping) == 2)
                met = 1;
            Sleep(500);
            InterlockedDecrement(&sleeping);
        } else {
            InterlockedIncrement(&taken);
        }
    }
    return 0;
}

int main(void)
{
    HANDLE threads[2];
    int i;
    start();
    port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 1);
    for (i = 0; i < 2; i++)
        threads[i] = new_thread(works, NULL, 0);
    sleep_ms(100);
    for (i = 0; i < 2; i++)
        must(PostQueuedCompletionStatus(port, 0, 1, NULL), "post");
    sleep_ms(1200);
    printf("%s\n", met ? "both packets while the first thread sleeps" : "one after the other");
    for (i = 0; i < 100; i++)
        must(PostQueuedCompletionStatus(port, 0, 2, NULL), "post");
    for (i = 0; i < 2; i++)
        must(PostQueuedCompletionStatus(port, 0, 9, NULL), "post");
    must(WaitForMultipleObjects(2, threads, TRUE, 5000) == WAIT_OBJECT_0, "threads");
    printf("all %d taken\n", (int)taken);
    return 0;
}
