// A thread waits for all while they come one by one.
//
// rule: a wait for all ends when the last object is signalled, and takes all.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-waitformultipleobjects
// expect: all 0
// expect: 0 taken 258
// expect: 1 taken 258
// expect: 2 taken 258
#include "objects.h"

static HANDLE three[3];

static DWORD WINAPI sets(LPVOID argument)
{
    int i;
    (void)argument;
    for (i = 2; i >= 0; i--) {
        Sleep(30);
        SetEvent(three[i]);
    }
    return 0;
}

int main(void)
{
    HANDLE thread;
    char text[] = "0 taken";
    int i;
    for (i = 0; i < 3; i++)
        three[i] = new_event(FALSE, FALSE);
    thread = new_thread(sets, NULL, 0);
    waited("all", WaitForMultipleObjects(3, three, TRUE, 5000));
    join(thread);
    for (i = 0; i < 3; i++) {
        text[0] = (char)('0' + i);
        waited(text, WaitForSingleObject(three[i], 0));
    }
    return 0;
}
