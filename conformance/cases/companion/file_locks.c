// Locked ranges of files, and transfers that call a routine.
//
// rule: an exclusive lock keeps every other out, also of the same handle, shared ones are many, and a range is unlocked as it was locked; the routine of a transfer runs in an alertable wait with its bytes.
// source: https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-lockfileex, nf-fileapi-readfileex
// expect: lock 1 beside 1 other 0 33 same 0 33
// expect: unlock part 0 158 whole 1 again 0 158
// expect: shared 1 1 exclusive 0 33
// expect: after the close 1
// expect: write 1 before 0 slept 192 bytes 5 error 0
// expect: read 1 slept 192 bytes 3 error 0 lo!
// expect: socket 1 slept 192 bytes 4 error 0 ping
#include "case.h"

static DWORD bytes, error;
static OVERLAPPED *last;

static void CALLBACK ended(DWORD code, DWORD count, LPOVERLAPPED record)
{
    bytes = count, error = code, last = record;
}

static int lock(HANDLE file, DWORD flags, DWORD start, DWORD length)
{
    OVERLAPPED at;
    memset(&at, 0, sizeof at);
    at.Offset = start;
    return LockFileEx(file, flags | LOCKFILE_FAIL_IMMEDIATELY, 0, length, 0, &at);
}

static HANDLE opened(DWORD flags)
{
    HANDLE file = CreateFileA("ws2_case.lock", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_ALWAYS, flags, NULL);
    must(file != INVALID_HANDLE_VALUE, "CreateFile");
    return file;
}

int main(void)
{
    HANDLE one = opened(0), other = opened(0), file;
    OVERLAPPED at;
    SOCKET client, server;
    char text[8] = "";
    int good;
    DWORD slept;
    printf("lock %d", LockFile(one, 0, 0, 10, 0));
    printf(" beside %d", LockFile(other, 10, 0, 5, 0));
    printf(" other %d", LockFile(other, 5, 0, 2, 0));
    printf(" %u", (unsigned)GetLastError());
    printf(" same %d", LockFile(one, 0, 0, 10, 0));
    printf(" %u\n", (unsigned)GetLastError());
    printf("unlock part %d", UnlockFile(one, 0, 0, 5, 0));
    printf(" %u", (unsigned)GetLastError());
    printf(" whole %d", UnlockFile(one, 0, 0, 10, 0));
    printf(" again %d", UnlockFile(one, 0, 0, 10, 0));
    printf(" %u\n", (unsigned)GetLastError());
    printf("shared %d", lock(one, 0, 100, 10));
    printf(" %d", lock(other, 0, 105, 10));
    printf(" exclusive %d", lock(other, LOCKFILE_EXCLUSIVE_LOCK, 100, 2));
    printf(" %u\n", (unsigned)GetLastError());
    CloseHandle(one);
    printf("after the close %d\n", lock(other, LOCKFILE_EXCLUSIVE_LOCK, 100, 2));
    CloseHandle(other);

    file = opened(FILE_FLAG_OVERLAPPED);
    memset(&at, 0, sizeof at);
    bytes = 77;
    good = WriteFileEx(file, "hello", 5, &at, ended);
    printf("write %d before %d", good, bytes != 77);
    slept = SleepEx(1000, TRUE);
    printf(" slept %u bytes %u error %u\n", (unsigned)slept, (unsigned)bytes, (unsigned)error);
    WriteFileEx(file, "!", 1, (at.Offset = 5, &at), ended);
    SleepEx(1000, TRUE);
    at.Offset = 3;
    good = ReadFileEx(file, text, sizeof text, &at, ended);
    slept = SleepEx(1000, TRUE);
    printf("read %d slept %u bytes %u error %u %.3s\n", good, (unsigned)slept, (unsigned)bytes, (unsigned)error, text);
    CloseHandle(file);
    DeleteFileA("ws2_case.lock");

    start();
    tcp_pair(&client, &server);
    memset(&at, 0, sizeof at);
    good = ReadFileEx((HANDLE)server, text, sizeof text, &at, ended);
    must(send(client, "ping", 4, 0) == 4, "send");
    slept = SleepEx(5000, TRUE);
    printf("socket %d slept %u bytes %u error %u %.4s\n", good, (unsigned)slept, (unsigned)bytes, (unsigned)error, text);
    return last != &at;
}
