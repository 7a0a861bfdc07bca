// Ending a timer whose call is under way.
//
// rule: with an event to set the function fails as without one, and the event is set in the end; the queue that is named need not be the own one of the timer.
// source: Wine 8.0 dlls/kernel32/tests/sync.c, test_timer_queue, validated on Windows
// expect: delete 997
// expect: event 0
// expect: change ok
// expect: delete ok
#include "objects.h"

static void CALLBACK slow(void *event, BOOLEAN fired)
{
    (void)fired;
    SetEvent(event);
    Sleep(300);
}

int main(void)
{
    HANDLE queue = CreateTimerQueue(), timer, begun = new_event(TRUE, FALSE), ended = new_event(TRUE, FALSE);
    must(CreateTimerQueueTimer(&timer, queue, slow, begun, 0, 0, 0), "CreateTimerQueueTimer");
    must(WaitForSingleObject(begun, 5000) == WAIT_OBJECT_0, "begun");
    win32("delete", DeleteTimerQueueTimer(queue, timer, ended));
    waited("event", WaitForSingleObject(ended, 5000));
    must(CreateTimerQueueTimer(&timer, queue, slow, begun, 60000, 0, 0), "CreateTimerQueueTimer");
    win32("change", ChangeTimerQueueTimer(NULL, timer, 60000, 0));
    win32("delete", DeleteTimerQueueTimer(NULL, timer, INVALID_HANDLE_VALUE));
    return 0;
}
