// Handles that are waited for in odd forms.
//
// rule: the two low bits of a handle do not count; the pseudo handle of the process can be waited for alone, and not among others.
// source: Wine 8.0 dlls/kernel32/tests/sync.c, test_WaitForSingleObject and test_WaitForMultipleObjects, validated on Windows
// expect: event 0
// expect: event 0
// expect: event 0
// expect: event 258
// expect: process 258
// expect: among others failed 6
#include "objects.h"

int main(void)
{
    HANDLE event = new_event(TRUE, TRUE), both[2];
    int bits;
    for (bits = 1; bits <= 3; bits++)
        waited("event", WaitForSingleObject((HANDLE)((ULONG_PTR)event | bits), 0));
    ResetEvent((HANDLE)((ULONG_PTR)event | 1));
    waited("event", WaitForSingleObject(event, 0));
    waited("process", WaitForSingleObject(GetCurrentProcess(), 50));
    both[0] = event;
    both[1] = GetCurrentProcess();
    waited("among others", WaitForMultipleObjects(2, both, FALSE, 50));
    return 0;
}
