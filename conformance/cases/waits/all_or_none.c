// A wait for all takes all at once or none.
//
// rule: a wait for all that times out leaves every object as it was; one that succeeds takes them all.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitformultipleobjects, Remarks
// expect: all 258
// expect: the first is still set 0
// expect: all 0
// expect: first taken 258
// expect: second taken 258
// expect: any gives the lowest 1
#include "objects.h"

int main(void)
{
    HANDLE both[2];
    both[0] = new_event(FALSE, TRUE);
    both[1] = new_event(FALSE, FALSE);
    waited("all", WaitForMultipleObjects(2, both, TRUE, 50));
    waited("the first is still set", WaitForSingleObject(both[0], 0));
    must(SetEvent(both[0]) && SetEvent(both[1]), "SetEvent");
    waited("all", WaitForMultipleObjects(2, both, TRUE, 50));
    waited("first taken", WaitForSingleObject(both[0], 0));
    waited("second taken", WaitForSingleObject(both[1], 0));
    must(SetEvent(both[1]), "SetEvent");
    waited("any gives the lowest", WaitForMultipleObjects(2, both, FALSE, 0));
    return 0;
}
