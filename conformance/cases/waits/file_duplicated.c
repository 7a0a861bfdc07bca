// Two handles of one file.
//
// rule: DuplicateHandle makes one more handle; the file has one position, and is open until both are closed.
// source: https://learn.microsoft.com/windows/win32/api/handleapi/nf-handleapi-duplicatehandle, Remarks
// expect: DuplicateHandle ok
// expect: written at 5
// expect: close ok
// expect: position 8
#include "objects.h"

int main(void)
{
    HANDLE file, second = NULL;
    DWORD written;
    start();
    file = CreateFileA("duplicated.tmp", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE,
                       NULL);
    must(file != INVALID_HANDLE_VALUE, "CreateFile");
    win32("DuplicateHandle", DuplicateHandle(GetCurrentProcess(), file, GetCurrentProcess(), &second, 0, FALSE,
                                             DUPLICATE_SAME_ACCESS));
    must(WriteFile(file, "01234", 5, &written, NULL), "WriteFile");
    printf("written at %u\n", (unsigned)SetFilePointer(second, 0, NULL, FILE_CURRENT));
    win32("close", CloseHandle(file));
    must(WriteFile(second, "567", 3, &written, NULL), "WriteFile");
    printf("position %u\n", (unsigned)SetFilePointer(second, 0, NULL, FILE_CURRENT));
    must(CloseHandle(second), "CloseHandle");
    return 0;
}
