// Folders: making, searching, moving, removing.
//
// rule: a search gives "." and ".." first and what fits in the order of names; each refusal has its documented error.
// source: https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-findfirstfilea
// expect: CreateDirectory 1
// expect: again 183
// expect: below nothing 3
// expect: found . 16
// expect: found .. 16
// expect: found A.TXT 32 3
// expect: found b.txt 32 3
// expect: found c.md 32 3
// expect: end 18
// expect: pattern A.TXT b.txt
// expect: nothing fits 2
// expect: no folder 3
// expect: not empty 145
// expect: MoveFile onto 183
// expect: MoveFileEx 1
// expect: CopyFile onto 80
// expect: CopyFile 1
// expect: RemoveDirectory 1
// expect: gone 2
#include "case.h"

static void make(const char *folder, const char *name)
{
    char path[128];
    DWORD count;
    HANDLE file;
    sprintf(path, "%s\\%s", folder, name);
    file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    must(file != INVALID_HANDLE_VALUE, "CreateFile");
    WriteFile(file, "abc", 3, &count, NULL);
    CloseHandle(file);
}

static void in(char *path, const char *folder, const char *name)
{
    sprintf(path, "%s\\%s", folder, name);
}

int main(void)
{
    char folder[64], path[128], other[128];
    WIN32_FIND_DATAA data;
    HANDLE search;
    const char *names[] = {"A.TXT", "b.txt", "c.md"};
    int i;
    sprintf(folder, "companion-%u.dir", (unsigned)GetCurrentProcessId());
    printf("CreateDirectory %d\n", CreateDirectoryA(folder, NULL));
    CreateDirectoryA(folder, NULL);
    printf("again %u\n", (unsigned)GetLastError());
    in(path, folder, "no\\deep");
    CreateDirectoryA(path, NULL);
    printf("below nothing %u\n", (unsigned)GetLastError());
    for (i = 0; i < 3; i++)
        make(folder, names[i]);
    in(path, folder, "*");
    search = FindFirstFileA(path, &data);
    must(search != INVALID_HANDLE_VALUE, "FindFirstFile");
    do {
        if (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
            printf("found %s %u\n", data.cFileName, (unsigned)data.dwFileAttributes);
        else
            printf("found %s %u %u\n", data.cFileName, (unsigned)data.dwFileAttributes, (unsigned)data.nFileSizeLow);
    } while (FindNextFileA(search, &data));
    printf("end %u\n", (unsigned)GetLastError());
    FindClose(search);
    in(path, folder, "*.txt");
    search = FindFirstFileA(path, &data);
    printf("pattern %s", data.cFileName);
    FindNextFileA(search, &data);
    printf(" %s\n", data.cFileName);
    FindClose(search);
    in(path, folder, "*.zip");
    FindFirstFileA(path, &data);
    printf("nothing fits %u\n", (unsigned)GetLastError());
    in(path, folder, "none\\*");
    FindFirstFileA(path, &data);
    printf("no folder %u\n", (unsigned)GetLastError());
    RemoveDirectoryA(folder);
    printf("not empty %u\n", (unsigned)GetLastError());
    in(path, folder, "A.TXT");
    in(other, folder, "b.txt");
    MoveFileA(path, other);
    printf("MoveFile onto %u\n", (unsigned)GetLastError());
    printf("MoveFileEx %d\n", MoveFileExA(path, other, MOVEFILE_REPLACE_EXISTING));
    in(path, folder, "c.md");
    CopyFileA(path, other, TRUE);
    printf("CopyFile onto %u\n", (unsigned)GetLastError());
    printf("CopyFile %d\n", CopyFileA(path, other, FALSE));
    DeleteFileA(path);
    DeleteFileA(other);
    printf("RemoveDirectory %d\n", RemoveDirectoryA(folder));
    GetFileAttributesA(folder);
    printf("gone %u\n", (unsigned)GetLastError());
    return 0;
}
