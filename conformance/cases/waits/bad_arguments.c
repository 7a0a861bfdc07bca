// What the calls on objects refuse.
//
// rule: a handle that is none gives ERROR_INVALID_HANDLE, too many objects or one twice in a wait for all ERROR_INVALID_PARAMETER.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitformultipleobjects
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitforsingleobject
// expect: SetEvent none 6
// expect: SetEvent of a mutex 6
// expect: ReleaseMutex of an event 6
// expect: WaitForSingleObject none failed 6
// expect: WaitForMultipleObjects none failed 6
// expect: WaitForMultipleObjects 0 failed 87
// expect: WaitForMultipleObjects 65 failed 87
// expect: all of one twice failed 87
// expect: any of one twice 0
// expect: CloseHandle ok
// expect: CloseHandle again 6
#include "objects.h"

int main(void)
{
    HANDLE none = (HANDLE)(ULONG_PTR)0xdeadbeec, event = new_event(TRUE, TRUE), mutex = CreateMutexA(NULL, FALSE, NULL);
    HANDLE many[65];
    int i;
    for (i = 0; i < 65; i++)
        many[i] = event;
    win32("SetEvent none", SetEvent(none));
    win32("SetEvent of a mutex", SetEvent(mutex));
    win32("ReleaseMutex of an event", ReleaseMutex(event));
    waited("WaitForSingleObject none", WaitForSingleObject(none, 0));
    many[1] = none;
    waited("WaitForMultipleObjects none", WaitForMultipleObjects(2, many, FALSE, 0));
    many[1] = event;
    waited("WaitForMultipleObjects 0", WaitForMultipleObjects(0, many, FALSE, 0));
    waited("WaitForMultipleObjects 65", WaitForMultipleObjects(65, many, FALSE, 0));
    waited("all of one twice", WaitForMultipleObjects(2, many, TRUE, 0));
    waited("any of one twice", WaitForMultipleObjects(2, many, FALSE, 0));
    win32("CloseHandle", CloseHandle(event));
    win32("CloseHandle again", CloseHandle(event));
    return 0;
}
