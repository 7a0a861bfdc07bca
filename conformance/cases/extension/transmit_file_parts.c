// What TransmitFile sends.
//
// rule: head, file and tail, in this order; 0 bytes to write means up to the file's end; without an OVERLAPPED it begins at
//       the file's position, which moves, with one at its Offset; no file means the buffers alone, nothing means success.
// source: https://learn.microsoft.com/windows/win32/api/mswsock/nf-mswsock-transmitfile; dlls/ws2_32/tests/sock.c,
//         test_TransmitFile
// expect: whole ok: 0123456789, 0 left, position 10
// expect: at the end ok: , 0 left, position 10
// expect: from 4 ok: 456789, 0 left, position 10
// expect: 3 bytes ok: 012, 0 left, position 3
// expect: 2 more ok: 34, 0 left, position 5
// expect: with both ok: <head>0123456789<tail>, 0 left, position 10
// expect: with a head ok: <head>0123456789, 0 left, position 10
// expect: no file ok: <head><tail>, 0 left, position 10
// expect: nothing ok: , 0 left, position 10
// expect: 8 bytes of at offset 2 ok: 23456789, 0 left, position 7
// expect: 14 bytes of 2 at offset 5 ok: <head>56<tail>, 0 left, position 7
// expect: 0 bytes of behind the end failed 10022: , 0 left, position 7
#include "extension.h"
#include "objects.h"

static SOCKET a, b;
static HANDLE file;

static void shows(const char *what, BOOL good, int expected)
{
    char bytes[100];
    int count = 0, more;
    u_long waits = 0;
    int code = WSAGetLastError();
    printf("%s %s", what, good ? "ok" : "failed");
    if (!good)
        printf(" %d", code);
    while (count < expected && (more = recv(b, bytes + count, sizeof bytes - 1 - count, 0)) > 0)
        count += more;
    bytes[count] = 0;
    ioctlsocket(b, FIONREAD, &waits);
    printf(": %s, %u left, position %u\n", bytes, (unsigned)waits,
           (unsigned)SetFilePointer(file, 0, NULL, FILE_CURRENT));
    fflush(stdout);
}

static void overlapped(const char *what, DWORD offset, DWORD bytes, TRANSMIT_FILE_BUFFERS *buffers, int expected)
{
    OVERLAPPED operation;
    DWORD count = 0, flags;
    BOOL good;
    with_event(&operation);
    operation.Offset = offset;
    good = TransmitFile(a, file, bytes, 0, &operation, buffers, 0);
    if (!good && WSAGetLastError() == WSA_IO_PENDING) {
        WSAGetOverlappedResult(a, &operation, &count, TRUE, &flags);
        good = TRUE;
    } else {
        count = (DWORD)operation.InternalHigh;
    }
    printf("%u bytes of ", (unsigned)count);
    shows(what, good, expected);
}

int main(void)
{
    TRANSMIT_FILE_BUFFERS buffers = {(void *)"<head>", 6, (void *)"<tail>", 6};
    TRANSMIT_FILE_BUFFERS head = {(void *)"<head>", 6, NULL, 0};
    DWORD written;
    start();
    tcp_pair(&a, &b);
    file = CreateFileA("transmit.tmp", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE,
                       NULL);
    must(file != INVALID_HANDLE_VALUE, "CreateFile");
    must(WriteFile(file, "0123456789", 10, &written, NULL) && written == 10, "WriteFile");
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    shows("whole", TransmitFile(a, file, 0, 0, NULL, NULL, 0), 10);
    shows("at the end", TransmitFile(a, file, 0, 0, NULL, NULL, 0), 0);
    SetFilePointer(file, 4, NULL, FILE_BEGIN);
    shows("from 4", TransmitFile(a, file, 0, 0, NULL, NULL, 0), 6);
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    shows("3 bytes", TransmitFile(a, file, 3, 0, NULL, NULL, 0), 3);
    shows("2 more", TransmitFile(a, file, 2, 0, NULL, NULL, 0), 2);
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    shows("with both", TransmitFile(a, file, 0, 0, NULL, &buffers, 0), 22);
    SetFilePointer(file, 0, NULL, FILE_BEGIN);
    shows("with a head", TransmitFile(a, file, 0, 2, NULL, &head, 0), 16);
    shows("no file", TransmitFile(a, NULL, 0, 0, NULL, &buffers, 0), 12);
    shows("nothing", TransmitFile(a, NULL, 0, 0, NULL, NULL, 0), 0);
    SetFilePointer(file, 7, NULL, FILE_BEGIN);
    overlapped("at offset 2", 2, 0, NULL, 8);
    overlapped("2 at offset 5", 5, 2, &buffers, 14);
    overlapped("behind the end", 11, 0, NULL, 0);
    must(CloseHandle(file), "CloseHandle");
    return 0;
}
