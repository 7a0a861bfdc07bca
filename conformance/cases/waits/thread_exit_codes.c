// A thread's end and its code.
//
// rule: a thread's handle is signalled when it ends; its code is what it returned or gave to ExitThread or _endthreadex, and 259 before.
// source: https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-getexitcodethread
// source: https://learn.microsoft.com/cpp/c-runtime-library/reference/endthread-endthreadex
// expect: running 258
// expect: code 259
// expect: returned 0
// expect: code 7
// expect: ExitThread 0
// expect: code 8
// expect: _endthreadex 0
// expect: code 9
// expect: _beginthread 0
// expect: GetExitCodeThread of an event 6
#include "objects.h"

#include <process.h>

static HANDLE go, done;

static DWORD WINAPI returns(LPVOID argument)
{
    (void)argument;
    WaitForSingleObject(go, 5000);
    return 7;
}

static DWORD WINAPI exits(LPVOID argument)
{
    (void)argument;
    ExitThread(8);
}

static unsigned __stdcall ends(void *argument)
{
    (void)argument;
    _endthreadex(9);
    return 0;
}

static void __cdecl plain(void *argument)
{
    (void)argument;
    SetEvent(done);
}

static void code(HANDLE thread)
{
    DWORD value = 77;
    must(GetExitCodeThread(thread, &value), "GetExitCodeThread");
    printf("code %u\n", (unsigned)value);
}

int main(void)
{
    HANDLE thread;
    DWORD value;
    go = new_event(TRUE, FALSE);
    done = new_event(TRUE, FALSE);
    thread = new_thread(returns, NULL, 0);
    waited("running", WaitForSingleObject(thread, 20));
    code(thread);
    must(SetEvent(go), "SetEvent");
    waited("returned", WaitForSingleObject(thread, 5000));
    code(thread);
    thread = new_thread(exits, NULL, 0);
    waited("ExitThread", WaitForSingleObject(thread, 5000));
    code(thread);
    thread = (HANDLE)_beginthreadex(NULL, 0, ends, NULL, 0, NULL);
    waited("_endthreadex", WaitForSingleObject(thread, 5000));
    code(thread);
    must(_beginthread(plain, 0, NULL) != (uintptr_t)-1, "_beginthread");
    waited("_beginthread", WaitForSingleObject(done, 5000));
    win32("GetExitCodeThread of an event", GetExitCodeThread(go, &value));
    return 0;
}
