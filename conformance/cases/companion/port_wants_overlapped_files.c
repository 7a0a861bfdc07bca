// Ports and files.
//
// rule: only a file that was opened for overlapped transfers is tied to a port.
// source: Wine 8.0 dlls/kernel32/tests/sync.c, test_iocp_callback, validated on Windows
// expect: plain 87
// expect: overlapped ok
#include "objects.h"

static void ask(const char *what, DWORD flags)
{
    char folder[MAX_PATH], path[MAX_PATH];
    HANDLE file;
    must(GetTempPathA(sizeof folder, folder) != 0, "GetTempPath");
    must(GetTempFileNameA(folder, "ws2", 0, path) != 0, "GetTempFileName");
    file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, flags | FILE_FLAG_DELETE_ON_CLOSE, NULL);
    must(file != INVALID_HANDLE_VALUE, "CreateFile");
    win32(what, CreateIoCompletionPort(file, NULL, 1, 0) != NULL);
    CloseHandle(file);
}

int main(void)
{
    ask("plain", 0);
    ask("overlapped", FILE_FLAG_OVERLAPPED);
    return 0;
}
