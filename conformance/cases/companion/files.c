// Files by CreateFile: creation, sizes, positions, and what the last error says.
//
// rule: the creation dispositions, reading at the end, and refusals have the documented results and last errors.
// source: https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-createfilew, parameters and remarks
// expect: OPEN_EXISTING missing 2
// expect: missing folder 3
// expect: CREATE_NEW ok
// expect: CREATE_NEW again 80
// expect: OPEN_ALWAYS ok last error 183
// expect: CREATE_ALWAYS ok last error 183
// expect: WriteFile 1 wrote 10
// expect: size 10 high 0
// expect: position 3
// expect: ReadFile 1 read 4 3456
// expect: at the end 1 read 0
// expect: before the beginning 131
// expect: SetEndOfFile 1 size 6
// expect: read of a file for writing 5
// expect: overlapped at 2: 1 read 2 23
// expect: overlapped at the end: 0 read 0 38
// expect: type 1
// expect: attributes 32
// expect: read-only 1 attributes 33
// expect: DeleteFile 1
// expect: DeleteFile again 2
// expect: closed handle 6
#include "case.h"

static HANDLE open_file(const char *name, DWORD access, DWORD creation)
{
    return CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, creation, FILE_ATTRIBUTE_NORMAL, NULL);
}

static void refused(const char *what, HANDLE file)
{
    if (file == INVALID_HANDLE_VALUE)
        printf("%s %u\n", what, (unsigned)GetLastError());
    else
        printf("%s ok\n", what);
}

int main(void)
{
    char name[64], buffer[64];
    DWORD count = 99, high = 99;
    LARGE_INTEGER size;
    HANDLE file, other;
    OVERLAPPED at;
    BOOL good;
    sprintf(name, "companion-%u.tmp", (unsigned)GetCurrentProcessId());
    refused("OPEN_EXISTING missing", open_file(name, GENERIC_READ, OPEN_EXISTING));
    refused("missing folder", open_file("no-such-folder\\x.tmp", GENERIC_READ, OPEN_EXISTING));
    file = open_file(name, GENERIC_READ | GENERIC_WRITE, CREATE_NEW);
    refused("CREATE_NEW", file);
    refused("CREATE_NEW again", open_file(name, GENERIC_READ, CREATE_NEW));
    CloseHandle(file);
    file = open_file(name, GENERIC_READ, OPEN_ALWAYS);
    printf("OPEN_ALWAYS %s last error %u\n", file != INVALID_HANDLE_VALUE ? "ok" : "failed", (unsigned)GetLastError());
    CloseHandle(file);
    file = open_file(name, GENERIC_READ | GENERIC_WRITE, CREATE_ALWAYS);
    printf("CREATE_ALWAYS %s last error %u\n", file != INVALID_HANDLE_VALUE ? "ok" : "failed", (unsigned)GetLastError());
    good = WriteFile(file, "0123456789", 10, &count, NULL);
    printf("WriteFile %d wrote %u\n", good, (unsigned)count);
    count = GetFileSize(file, &high);
    printf("size %u high %u\n", (unsigned)count, (unsigned)high);
    printf("position %u\n", (unsigned)SetFilePointer(file, -7, NULL, FILE_END));
    good = ReadFile(file, buffer, 4, &count, NULL);
    printf("ReadFile %d read %u %.4s\n", good, (unsigned)count, buffer);
    SetFilePointer(file, 0, NULL, FILE_END);
    good = ReadFile(file, buffer, 4, &count, NULL);
    printf("at the end %d read %u\n", good, (unsigned)count);
    SetFilePointer(file, -1, NULL, FILE_BEGIN);
    printf("before the beginning %u\n", (unsigned)GetLastError());
    SetFilePointer(file, 6, NULL, FILE_BEGIN);
    good = SetEndOfFile(file);
    GetFileSizeEx(file, &size);
    printf("SetEndOfFile %d size %d\n", good, (int)size.QuadPart);
    other = open_file(name, GENERIC_WRITE, OPEN_EXISTING);
    ReadFile(other, buffer, 1, &count, NULL);
    printf("read of a file for writing %u\n", (unsigned)GetLastError());
    CloseHandle(other);
    memset(&at, 0, sizeof at);
    at.Offset = 2;
    good = ReadFile(file, buffer, 2, &count, &at);
    printf("overlapped at 2: %d read %u %.2s\n", good, (unsigned)count, buffer);
    at.Offset = 6;
    good = ReadFile(file, buffer, 2, &count, &at);
    printf("overlapped at the end: %d read %u %u\n", good, (unsigned)count, (unsigned)GetLastError());
    printf("type %u\n", (unsigned)GetFileType(file));
    CloseHandle(file);
    printf("attributes %u\n", (unsigned)GetFileAttributesA(name));
    good = SetFileAttributesA(name, FILE_ATTRIBUTE_READONLY | FILE_ATTRIBUTE_ARCHIVE);
    printf("read-only %d attributes %u\n", good, (unsigned)GetFileAttributesA(name));
    SetFileAttributesA(name, FILE_ATTRIBUTE_NORMAL);
    printf("DeleteFile %d\n", DeleteFileA(name));
    DeleteFileA(name);
    printf("DeleteFile again %u\n", (unsigned)GetLastError());
    file = open_file(name, GENERIC_WRITE, CREATE_ALWAYS);
    CloseHandle(file);
    DeleteFileA(name);
    GetFileSize(file, NULL);
    printf("closed handle %u\n", (unsigned)GetLastError());
    return 0;
}
