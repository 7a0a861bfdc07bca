// Descriptors of the C library and handles lead to the same file.
//
// rule: _get_osfhandle gives the handle of a descriptor, _open_osfhandle a descriptor for a handle; neither has a number for what
// is not open.
// source: https://learn.microsoft.com/cpp/c-runtime-library/reference/get-osfhandle
// expect: written 5, same handle 1
// expect: read 5 hello
// expect: closed -1
// expect: system 1 1
#include "case.h"
#include <fcntl.h>
#include <io.h>
#include <shlobj.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

int main(void)
{
    char folder[MAX_PATH], name[MAX_PATH], text[8] = {0}, windows[MAX_PATH];
    DWORD count = 0;
    int fd;
    HANDLE handle;
    GetTempPathA(sizeof folder, folder);
    GetTempFileNameA(folder, "des", 0, name);
    fd = _open(name, _O_RDWR | _O_CREAT | _O_TRUNC | _O_BINARY, _S_IREAD | _S_IWRITE);
    handle = (HANDLE)_get_osfhandle(fd);
    WriteFile(handle, "hello", 5, &count, NULL);
    printf("written %u, same handle %d\n", (unsigned)count, handle == (HANDLE)_get_osfhandle(fd));
    _close(fd);
    handle = CreateFileA(name, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    fd = _open_osfhandle((intptr_t)handle, _O_RDONLY);
    printf("read %d ", _read(fd, text, 7));
    printf("%s\n", text);
    _close(fd);
    DeleteFileA(name);
    printf("closed %d\n", (int)_get_osfhandle(fd));
    GetSystemDirectoryA(windows, sizeof windows);
    printf("system %d ", SHGetFolderPathA(NULL, CSIDL_SYSTEM, NULL, 0, folder) == S_OK);
    printf("%d\n", _stricmp(folder, windows) == 0);
    return 0;
}
