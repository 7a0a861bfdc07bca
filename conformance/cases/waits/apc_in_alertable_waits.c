// What is queued for a thread runs in its alertable waits.
//
// rule: QueueUserAPC's calls run in order in an alertable wait, which then returns WAIT_IO_COMPLETION (192); other waits do not run them, and a signalled object comes first.
// source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-queueuserapc
// source: https://learn.microsoft.com/windows/win32/sync/asynchronous-procedure-calls
// expect: QueueUserAPC 1
// expect: not alertable 258
// expect: calls
// expect: signalled 0
// expect: calls
// expect: SleepEx 192
// expect: calls 1 2 3
// expect: SleepEx again 0
// expect: WaitForSingleObjectEx 192
// expect: calls 4
// expect: woken 192
// expect: calls 5
// expect: WaitForMultipleObjectsEx 192
// expect: calls 6
// expect: bad thread 0 6
#include "objects.h"

static int calls[10], count;
static HANDLE self;

static void CALLBACK call(ULONG_PTR number)
{
    calls[count++] = (int)number;
}

static DWORD WINAPI queues(LPVOID number)
{
    Sleep(50);
    return QueueUserAPC(call, self, (ULONG_PTR)number) != 0;
}

static void print_calls(void)
{
    int i;
    printf("calls");
    for (i = 0; i < count; i++)
        printf(" %d", calls[i]);
    printf("\n");
    count = 0;
}

int main(void)
{
    HANDLE event = new_event(TRUE, FALSE), set = new_event(TRUE, TRUE), thread;
    must(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &self, 0, FALSE,
                         DUPLICATE_SAME_ACCESS),
         "DuplicateHandle");
    printf("QueueUserAPC %d\n", QueueUserAPC(call, GetCurrentThread(), 1) != 0);
    QueueUserAPC(call, self, 2);
    QueueUserAPC(call, self, 3);
    waited("not alertable", WaitForSingleObject(event, 20));
    print_calls();
    waited("signalled", WaitForSingleObjectEx(set, 1000, TRUE));
    print_calls();
    waited("SleepEx", SleepEx(1000, TRUE));
    print_calls();
    waited("SleepEx again", SleepEx(10, TRUE));
    QueueUserAPC(call, self, 4);
    waited("WaitForSingleObjectEx", WaitForSingleObjectEx(event, 0, TRUE));
    print_calls();
    thread = new_thread(queues, (LPVOID)5, 0);
    waited("woken", WaitForSingleObjectEx(event, 5000, TRUE));
    join(thread);
    print_calls();
    thread = new_thread(queues, (LPVOID)6, 0);
    waited("WaitForMultipleObjectsEx", WaitForMultipleObjectsEx(1, &event, TRUE, 5000, TRUE));
    join(thread);
    print_calls();
    printf("bad thread %u", (unsigned)QueueUserAPC(call, event, 1));
    printf(" %u\n", (unsigned)GetLastError());
    return 0;
}
