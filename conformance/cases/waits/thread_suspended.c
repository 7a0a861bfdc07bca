// A thread that is made suspended.
//
// rule: CREATE_SUSPENDED keeps a thread from beginning until ResumeThread, which returns how often it was suspended.
// source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-resumethread
// source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createthread
// expect: suspended 258
// expect: ResumeThread 1
// expect: ended 0
// expect: same id 1
#include "objects.h"

static DWORD own;

static DWORD WINAPI runs(LPVOID argument)
{
    (void)argument;
    own = GetCurrentThreadId();
    return 0;
}

int main(void)
{
    DWORD id = 0;
    HANDLE thread = CreateThread(NULL, 0, runs, NULL, CREATE_SUSPENDED, &id);
    waited("suspended", WaitForSingleObject(thread, 50));
    printf("ResumeThread %u\n", (unsigned)ResumeThread(thread));
    waited("ended", WaitForSingleObject(thread, 5000));
    printf("same id %d\n", own == id && id != 0 && id != GetCurrentThreadId());
    return 0;
}
