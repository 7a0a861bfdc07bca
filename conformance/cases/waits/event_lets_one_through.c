// An event that resets itself, and one that stays set.
//
// rule: an auto-reset event lets one wait through; a manual-reset event lets all through until it is reset.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-createeventa
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-resetevent
// expect: auto 0
// expect: auto again 258
// expect: manual 0
// expect: manual again 0
// expect: manual reset 258
// expect: auto pulsed 258
#include "objects.h"

int main(void)
{
    HANDLE one = new_event(FALSE, FALSE), all = new_event(TRUE, TRUE);
    must(SetEvent(one) && SetEvent(one), "SetEvent");
    waited("auto", WaitForSingleObject(one, 0));
    waited("auto again", WaitForSingleObject(one, 0));
    waited("manual", WaitForSingleObject(all, 0));
    waited("manual again", WaitForSingleObject(all, 0));
    must(ResetEvent(all), "ResetEvent");
    waited("manual reset", WaitForSingleObject(all, 0));
    must(PulseEvent(one), "PulseEvent");
    waited("auto pulsed", WaitForSingleObject(one, 0));
    return 0;
}
