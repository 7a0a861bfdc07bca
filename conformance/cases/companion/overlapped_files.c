// Overlapped reading and writing of files: by event, by completion port, at the end.
//
// rule: an overlapped transfer takes its place from the structure, sets the event, and the end is ERROR_HANDLE_EOF.
// source: https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-readfile, remarks
// expect: write 10 event set
// expect: read 4 3456 event set
// expect: past the end 0 38
// expect: end cut short 2 89
// expect: port read 5 key 77 same 1
// expect: position untouched 0
// expect: synchronous read 3 012 position 3
#include "case.h"

// Waits for a transfer that may have been finished at once; its bytes, or -1 with the last error.
static int finish(HANDLE file, OVERLAPPED *transfer, BOOL at_once)
{
    DWORD count = 0;
    if (!at_once && GetLastError() != ERROR_IO_PENDING)
        return -1;
    if (!GetOverlappedResult(file, transfer, &count, TRUE))
        return -1;
    return (int)count;
}

int main(void)
{
    char name[64], buffer[64] = {0};
    OVERLAPPED transfer, *taken = NULL;
    HANDLE file, port;
    ULONG_PTR key = 0;
    DWORD count = 0;
    LARGE_INTEGER none, place;
    int n;
    sprintf(name, "overlapped-%u.tmp", (unsigned)GetCurrentProcessId());
    file = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, CREATE_ALWAYS,
                       FILE_FLAG_OVERLAPPED, NULL);
    must(file != INVALID_HANDLE_VALUE, "CreateFile");
    memset(&transfer, 0, sizeof transfer);
    transfer.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    n = finish(file, &transfer, WriteFile(file, "0123456789", 10, NULL, &transfer));
    printf("write %d event %s\n", n, WaitForSingleObject(transfer.hEvent, 0) == WAIT_OBJECT_0 ? "set" : "not set");
    transfer.Offset = 3;
    n = finish(file, &transfer, ReadFile(file, buffer, 4, NULL, &transfer));
    printf("read %d %.4s event %s\n", n, buffer, WaitForSingleObject(transfer.hEvent, 0) == WAIT_OBJECT_0 ? "set" : "not set");
    transfer.Offset = 10;
    n = finish(file, &transfer, ReadFile(file, buffer, 4, NULL, &transfer));
    printf("past the end %d %u\n", n + 1, (unsigned)GetLastError());
    transfer.Offset = 8;
    n = finish(file, &transfer, ReadFile(file, buffer, 4, NULL, &transfer));
    printf("end cut short %d %.2s\n", n, buffer);
    port = CreateIoCompletionPort(file, NULL, 77, 0);
    must(port != NULL, "CreateIoCompletionPort");
    memset(&transfer, 0, sizeof transfer);
    if (!ReadFile(file, buffer, 5, NULL, &transfer))
        must(GetLastError() == ERROR_IO_PENDING, "ReadFile");
    must(GetQueuedCompletionStatus(port, &count, &key, &taken, 5000), "GetQueuedCompletionStatus");
    printf("port read %u key %u same %d\n", (unsigned)count, (unsigned)key, taken == &transfer);
    none.QuadPart = 0;
    must(SetFilePointerEx(file, none, &place, FILE_CURRENT), "SetFilePointerEx");
    printf("position untouched %d\n", (int)place.QuadPart);
    CloseHandle(file);
    CloseHandle(port);
    file = CreateFileA(name, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    must(ReadFile(file, buffer, 3, &count, NULL), "ReadFile");
    must(SetFilePointerEx(file, none, &place, FILE_CURRENT), "SetFilePointerEx");
    printf("synchronous read %u %.3s position %d\n", (unsigned)count, buffer, (int)place.QuadPart);
    CloseHandle(file);
    DeleteFileA(name);
    return 0;
}
