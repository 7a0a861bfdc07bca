// Objects with names.
//
// rule: creating under a known name opens that object and says ERROR_ALREADY_EXISTS; a name of another sort of object is ERROR_INVALID_HANDLE; opening an unknown name is ERROR_FILE_NOT_FOUND.
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-createeventa, lpName
// source: https://learn.microsoft.com/windows/win32/api/synchapi/nf-synchapi-openeventa
// expect: first 0
// expect: second 183
// expect: same object 0
// expect: OpenEvent unknown 2
// expect: CreateMutex of an event 6
// expect: OpenEvent ok
// expect: after all handles are closed 2
#include "objects.h"

int main(void)
{
    HANDLE first, second, third;
    SetLastError(77);
    first = CreateEventA(NULL, FALSE, FALSE, "wsa-test-name");
    printf("first %u\n", (unsigned)GetLastError());
    second = CreateEventA(NULL, FALSE, FALSE, "wsa-test-name");
    printf("second %u\n", (unsigned)GetLastError());
    must(first && second && SetEvent(first), "CreateEvent");
    waited("same object", WaitForSingleObject(second, 0));
    win32("OpenEvent unknown", OpenEventA(EVENT_ALL_ACCESS, FALSE, "wsa-test-unknown") != NULL);
    win32("CreateMutex of an event", CreateMutexA(NULL, FALSE, "wsa-test-name") != NULL);
    third = OpenEventA(EVENT_ALL_ACCESS, FALSE, "wsa-test-name");
    win32("OpenEvent", third != NULL);
    must(CloseHandle(first) && CloseHandle(second) && CloseHandle(third), "CloseHandle");
    win32("after all handles are closed", OpenEventA(EVENT_ALL_ACCESS, FALSE, "wsa-test-name") != NULL);
    return 0;
}
