// Two handles of one object.
//
// rule: DuplicateHandle makes one more handle; the object lives until both are closed. The handle of GetCurrentThread means whoever uses it.
// source: https://learn.microsoft.com/windows/win32/api/handleapi/nf-handleapi-duplicatehandle
// expect: DuplicateHandle ok
// expect: set through the other 0
// expect: CloseHandle ok
// expect: the other lives 0
// expect: bad 6
#include "objects.h"

int main(void)
{
    HANDLE event = new_event(TRUE, FALSE), other = NULL, third = NULL, process = GetCurrentProcess();
    win32("DuplicateHandle", DuplicateHandle(process, event, process, &other, 0, FALSE, DUPLICATE_SAME_ACCESS));
    must(SetEvent(other), "SetEvent");
    waited("set through the other", WaitForSingleObject(event, 0));
    win32("CloseHandle", CloseHandle(event));
    waited("the other lives", WaitForSingleObject(other, 0));
    must(DuplicateHandle(process, other, process, &third, 0, FALSE, DUPLICATE_SAME_ACCESS | DUPLICATE_CLOSE_SOURCE),
         "DuplicateHandle");
    win32("bad", DuplicateHandle(process, (HANDLE)(ULONG_PTR)0xdeadbeec, process, &third, 0, FALSE, DUPLICATE_SAME_ACCESS));
    return 0;
}
