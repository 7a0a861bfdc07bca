// A thread ends without giving its mutex back.
//
// rule: the next wait takes it with WAIT_ABANDONED (128), the one after with WAIT_OBJECT_0; in a wait for several the index is added.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitforsingleobject, WAIT_ABANDONED
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitformultipleobjects
// expect: alone 128
// expect: once more 0
// expect: beside an event 129
#include "objects.h"

static DWORD WINAPI takes(LPVOID mutex)
{
    return WaitForSingleObject(mutex, 0);
}

int main(void)
{
    HANDLE mutex = CreateMutexA(NULL, FALSE, NULL), both[2];
    join(new_thread(takes, mutex, 0));
    waited("alone", WaitForSingleObject(mutex, 1000));
    must(ReleaseMutex(mutex), "ReleaseMutex");
    waited("once more", WaitForSingleObject(mutex, 0));
    must(ReleaseMutex(mutex), "ReleaseMutex");
    join(new_thread(takes, mutex, 0));
    both[0] = new_event(TRUE, FALSE);
    both[1] = mutex;
    waited("beside an event", WaitForMultipleObjects(2, both, FALSE, 1000));
    return 0;
}
