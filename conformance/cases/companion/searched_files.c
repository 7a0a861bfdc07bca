// A file is searched for in folders.
//
// rule: the first folder that has the file gives its whole name; an ending is added only to a name without one.
// source: https://learn.microsoft.com/windows/win32/api/processenv/nf-processenv-searchpatha
// expect: listed ok
// expect: last part searched.txt
// expect: with an ending ok
// expect: an ending is there 2
// expect: current ok
// expect: whole ok
// expect: elsewhere 2
// expect: empty 87
// expect: no name 87
// expect: no room is told 1
// expect: wide ok
#include "objects.h"

#include <string.h>

int main(void)
{
    char folder[MAX_PATH], sought[MAX_PATH], list[2 * MAX_PATH], found[MAX_PATH], *part = NULL;
    WCHAR wide[MAX_PATH];
    DWORD length;
    HANDLE file;
    GetTempPathA(MAX_PATH, folder);
    strcat(folder, "wsa-searched");
    CreateDirectoryA(folder, NULL);
    SetCurrentDirectoryA(folder);
    file = CreateFileA("searched.txt", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    CloseHandle(file);
    sprintf(list, "C:\\none;%s", folder);
    length = SearchPathA(list, "searched.txt", NULL, MAX_PATH, found, &part);
    win32("listed", length != 0 && length == strlen(found));
    printf("last part %s\n", part);
    win32("with an ending", SearchPathA(list, "searched", ".txt", MAX_PATH, found, NULL) == length);
    win32("an ending is there", SearchPathA(list, "searched.dat", ".txt", MAX_PATH, found, NULL) != 0);
    win32("current", SearchPathA(NULL, "searched.txt", NULL, MAX_PATH, found, NULL) != 0);
    strcpy(sought, found);
    win32("whole", SearchPathA("C:\\none", sought, NULL, MAX_PATH, found, NULL) != 0);
    win32("elsewhere", SearchPathA("C:\\none", "searched.txt", NULL, MAX_PATH, found, NULL) != 0);
    win32("empty", SearchPathA(NULL, "", NULL, MAX_PATH, found, NULL) != 0);
    win32("no name", SearchPathA(NULL, NULL, NULL, MAX_PATH, found, NULL) != 0);
    printf("no room is told %d\n", SearchPathA(list, "searched.txt", NULL, 1, found, NULL) == length + 1);
    win32("wide", SearchPathW(NULL, L"searched", L".txt", MAX_PATH, wide, NULL) != 0);
    DeleteFileA(sought);
    SetCurrentDirectoryA("..");
    RemoveDirectoryA(folder);
    return 0;
}
