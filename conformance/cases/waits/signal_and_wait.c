// One object is signalled and another waited for.
//
// rule: SignalObjectAndWait sets an event, releases a mutex or a semaphore and waits; what cannot be signalled fails.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-signalobjectandwait
// expect: event 258
// expect: event was set 0
// expect: mutex 0
// expect: semaphore 0
// expect: too many failed 298
// expect: not owned failed 288
// expect: a thread failed 6
#include "objects.h"

int main(void)
{
    HANDLE one = new_event(FALSE, FALSE), set = new_event(TRUE, TRUE);
    HANDLE mutex = CreateMutexA(NULL, TRUE, NULL), semaphore = CreateSemaphoreA(NULL, 0, 1, NULL), self;
    must(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &self, 0, FALSE,
                         DUPLICATE_SAME_ACCESS),
         "DuplicateHandle");
    waited("event", SignalObjectAndWait(one, semaphore, 20, FALSE));
    waited("event was set", WaitForSingleObject(one, 0));
    waited("mutex", SignalObjectAndWait(mutex, set, 1000, FALSE));
    waited("semaphore", SignalObjectAndWait(semaphore, set, 1000, FALSE));
    waited("too many", SignalObjectAndWait(semaphore, set, 1000, FALSE));
    waited("not owned", SignalObjectAndWait(mutex, set, 1000, FALSE));
    waited("a thread", SignalObjectAndWait(self, set, 1000, FALSE));
    return 0;
}
