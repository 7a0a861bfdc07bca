// The processes of this computer: snapshots and counters.
//
// rule: this process is in the list with its program, its threads and its parent; lists end with ERROR_NO_MORE_FILES; a number without a process is an invalid parameter.
// source: https://learn.microsoft.com/windows/win32/api/tlhelp32/nf-tlhelp32-process32first, https://learn.microsoft.com/windows/win32/api/psapi/nf-psapi-enumprocesses
// expect: own 1 named 1 end 18
// expect: threads at least 2: 1 end 18
// expect: modules 1 first is the program 1
// expect: list has own 1
// expect: name same 1 path has it 1
// expect: memory 1 peak 1
// expect: open 1 id 1 code 259
// expect: open none 0 87
// expect: open child 1 wait 0
// expect: not a snapshot 0 6
// expect: version 1 0 1150
#include "case.h"
#include <tlhelp32.h>
#include <psapi.h>

static DWORD WINAPI idle(LPVOID event)
{
    WaitForSingleObject((HANDLE)event, 5000);
    return 0;
}

static const char *base(const char *path)
{
    const char *last = path;
    for (; *path != 0; path++)
        if (*path == '/' || *path == '\\')
            last = path + 1;
    return last;
}

int main(int count, char **arguments)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL), thread, all, opened;
    PROCESSENTRY32 process;
    THREADENTRY32 task;
    MODULEENTRY32 module;
    PROCESS_MEMORY_COUNTERS memory;
    STARTUPINFOA startup;
    PROCESS_INFORMATION child;
    OSVERSIONINFOEXA version;
    static DWORD ids[4096];
    DWORD needed = 0, own = GetCurrentProcessId(), i, code = 0;
    char name[MAX_PATH], path[MAX_PATH], line[MAX_PATH + 16];
    int found = 0, named = 0, tasks = 0;
    BOOL more;
    if (count > 1)
        return 0;
    GetModuleFileNameA(NULL, path, MAX_PATH);
    thread = CreateThread(NULL, 0, idle, event, 0, NULL);
    all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS | TH32CS_SNAPTHREAD, 0);
    must(all != INVALID_HANDLE_VALUE, "CreateToolhelp32Snapshot");
    process.dwSize = sizeof process;
    for (more = Process32First(all, &process); more; more = Process32Next(all, &process))
        if (process.th32ProcessID == own)
            found++, named = strcmp(process.szExeFile, base(path)) == 0 && process.cntThreads >= 2;
    printf("own %d named %d end %u\n", found, named, (unsigned)GetLastError());
    task.dwSize = sizeof task;
    for (more = Thread32First(all, &task); more; more = Thread32Next(all, &task))
        tasks += task.th32OwnerProcessID == own;
    printf("threads at least 2: %d end %u\n", tasks >= 2, (unsigned)GetLastError());
    CloseHandle(all);
    all = CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, 0);
    module.dwSize = sizeof module;
    more = Module32First(all, &module);
    printf("modules %d first is the program %d\n", more, strcmp(module.szModule, base(path)) == 0);
    CloseHandle(all);

    must(EnumProcesses(ids, sizeof ids, &needed), "EnumProcesses");
    for (found = 0, i = 0; i < needed / sizeof *ids; i++)
        found += ids[i] == own;
    printf("list has own %d\n", found);
    GetModuleBaseNameA(GetCurrentProcess(), NULL, name, MAX_PATH);
    GetModuleFileNameExA(GetCurrentProcess(), NULL, path, MAX_PATH);
    printf("name same %d path has it %d\n", strcmp(name, base(path)) == 0, strstr(path, name) != NULL);
    more = GetProcessMemoryInfo(GetCurrentProcess(), &memory, sizeof memory);
    printf("memory %d peak %d\n", more && memory.WorkingSetSize > 0, memory.PeakWorkingSetSize >= memory.WorkingSetSize);

    opened = OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, own);
    GetExitCodeProcess(opened, &code);
    printf("open %d id %d code %u\n", opened != NULL, GetProcessId(opened) == own, (unsigned)code);
    CloseHandle(opened);
    opened = OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, 0x7ffffff0);
    printf("open none %d %u\n", opened != NULL, (unsigned)GetLastError());
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    sprintf(line, "\"%s\" x", arguments[0]);
    must(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child), "CreateProcess");
    opened = OpenProcess(SYNCHRONIZE, FALSE, child.dwProcessId);
    printf("open child %d wait %u\n", opened != NULL, (unsigned)WaitForSingleObject(opened, 5000));
    SetLastError(0);
    more = Process32First(event, &process);
    printf("not a snapshot %d %u\n", more, (unsigned)GetLastError());

    memset(&version, 0, sizeof version);
    version.dwOSVersionInfoSize = sizeof version;
    version.dwMajorVersion = 6;
    more = VerifyVersionInfoA(&version, VER_MAJORVERSION | VER_MINORVERSION,
                              VerSetConditionMask(VerSetConditionMask(0, VER_MAJORVERSION, VER_GREATER_EQUAL),
                                                  VER_MINORVERSION, VER_GREATER_EQUAL));
    version.dwMajorVersion = 77;
    printf("version %d", more);
    more = VerifyVersionInfoA(&version, VER_MAJORVERSION, VerSetConditionMask(0, VER_MAJORVERSION, VER_GREATER_EQUAL));
    printf(" %d %u\n", more, (unsigned)GetLastError());
    SetEvent(event);
    WaitForSingleObject(thread, 5000);
    return 0;
}
