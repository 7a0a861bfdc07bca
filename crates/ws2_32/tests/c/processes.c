/* Child processes, file mappings, records of names: what they give and how they fail. Checked under wine, all but
 * the last three lines. */
#include <winsock2.h>
#include <windows.h>
#include <windns.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static BOOL begin(const char *line, STARTUPINFOA *startup, PROCESS_INFORMATION *made)
{
    char copy[200];
    strcpy(copy, line);
    return CreateProcessA(NULL, copy, NULL, NULL, TRUE, 0, NULL, NULL, startup, made);
}

static void exit_codes(void)
{
    STARTUPINFOA startup;
    PROCESS_INFORMATION made;
    DWORD code = 0;
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    printf("begin %d\n", begin("cmd.exe /c exit 7", &startup, &made));
    printf("wait %u\n", (unsigned)WaitForSingleObject(made.hProcess, INFINITE));
    printf("thread wait %u\n", (unsigned)WaitForSingleObject(made.hThread, 5000));
    printf("exit code %d", GetExitCodeProcess(made.hProcess, &code));
    printf(" %u\n", (unsigned)code);
    printf("same id %d\n", GetProcessId(made.hProcess) == made.dwProcessId);
    /* Docs: "TerminateProcess function", Remarks. wine lets it pass. */
    printf("too late %d", TerminateProcess(made.hProcess, 1));
    printf(" %u\n", (unsigned)GetLastError());
    CloseHandle(made.hProcess);
    CloseHandle(made.hThread);
    printf("missing %d", begin("no-such-program-here.exe", &startup, &made));
    printf(" %u\n", (unsigned)GetLastError());
    printf("own code %d", GetExitCodeProcess(GetCurrentProcess(), &code));
    printf(" %u\n", (unsigned)code);
    printf("not a process %d", GetExitCodeProcess((HANDLE)0x77777777, &code));
    printf(" %u\n", (unsigned)GetLastError());
}

static void piped(void)
{
    SECURITY_ATTRIBUTES inherit;
    STARTUPINFOA startup;
    PROCESS_INFORMATION made;
    HANDLE reading, writing;
    char text[64];
    DWORD count = 0;
    inherit.nLength = sizeof inherit;
    inherit.lpSecurityDescriptor = NULL;
    inherit.bInheritHandle = TRUE;
    printf("pipe %d\n", CreatePipe(&reading, &writing, &inherit, 0));
    memset(&startup, 0, sizeof startup);
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    startup.hStdOutput = writing;
    printf("copy %d\n", DuplicateHandle(GetCurrentProcess(), writing, GetCurrentProcess(), &startup.hStdError, 0, TRUE,
                                        DUPLICATE_SAME_ACCESS));
    printf("begin %d\n", begin("cmd /c echo heard", &startup, &made));
    CloseHandle(writing);
    CloseHandle(startup.hStdError);
    printf("peek %d\n", PeekNamedPipe(reading, NULL, 0, NULL, NULL, NULL));
    printf("read %d", ReadFile(reading, text, sizeof text, &count, NULL));
    printf(" %.5s\n", count >= 5 ? text : "");
    WaitForSingleObject(made.hProcess, INFINITE);
    while (ReadFile(reading, text, sizeof text, &count, NULL))
        continue;
    printf("end");
    printf(" %u\n", (unsigned)GetLastError());
}

static void mappings(void)
{
    HANDLE first, second;
    char *one, *other;
    char name[64];
    sprintf(name, "Local\\ws2 test %u", (unsigned)GetCurrentProcessId());
    first = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, name);
    printf("mapping %d %u\n", first != NULL, (unsigned)GetLastError());
    second = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, name);
    printf("again %d %u\n", second != NULL, (unsigned)GetLastError());
    CloseHandle(second);
    second = OpenFileMappingA(FILE_MAP_READ, FALSE, name);
    one = (char *)MapViewOfFile(first, FILE_MAP_ALL_ACCESS, 0, 0, 0);
    other = (char *)MapViewOfFile(second, FILE_MAP_READ, 0, 0, 0);
    strcpy(one, "shared");
    printf("views %s\n", other);
    printf("offset %d", MapViewOfFile(first, FILE_MAP_READ, 0, 512, 0) != NULL);
    printf(" %u\n", (unsigned)GetLastError());
    printf("unmap %d", UnmapViewOfFile(one));
    printf(" %d", UnmapViewOfFile(one));
    printf(" %u\n", (unsigned)GetLastError());
    UnmapViewOfFile(other);
    // At a place of the program's choice: free, taken, and not where a view may begin.
    other = (char *)MapViewOfFileEx(first, FILE_MAP_READ, 0, 0, 0, one);
    printf("at %d %s", other == one, other);
    printf(" %d", MapViewOfFileEx(first, FILE_MAP_READ, 0, 0, 0, one) != NULL);
    printf(" %u", (unsigned)GetLastError());
    printf(" %d", MapViewOfFileEx(first, FILE_MAP_READ, 0, 0, 0, one + 512) != NULL);
    printf(" %u\n", (unsigned)GetLastError());
    UnmapViewOfFile(other);
    CloseHandle(first);
    CloseHandle(second);
    printf("gone %d", OpenFileMappingA(FILE_MAP_READ, FALSE, name) != NULL);
    printf(" %u\n", (unsigned)GetLastError());
    printf("empty %d", CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0, NULL) != NULL);
    printf(" %u\n", (unsigned)GetLastError());
}

static void records(void)
{
    printf("layout %d %d %d\n", (int)offsetof(DNS_RECORDA, wType), (int)offsetof(DNS_RECORDA, Data),
           (int)offsetof(DNS_RECORDA, Data.MX.wPreference));
    printf("layout %d %d %d\n", (int)offsetof(DNS_RECORDA, Data.TXT.pStringArray),
           (int)offsetof(DNS_RECORDA, Data.SRV.wPort), (int)offsetof(DNS_RECORDA, Data.SOA.dwSerialNo));
    PDNS_RECORD found = NULL;
    printf("query %d\n", (int)DnsQuery_A("localhost", DNS_TYPE_A, DNS_QUERY_STANDARD, NULL, &found, NULL));
    printf("record %s %d %d %02x\n", (char *)found->pName, found->wType, found->wDataLength,
           (unsigned)(found->Data.A.IpAddress & 0xff));
    DnsRecordListFree(found, DnsFreeRecordList);
    printf("no wire %d\n",
           (int)DnsQuery_A("www.test", DNS_TYPE_A, DNS_QUERY_NO_WIRE_QUERY | DNS_QUERY_NO_HOSTS_FILE, NULL, &found, NULL));
}

int main(void)
{
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    setvbuf(stdout, NULL, _IONBF, 0);
    exit_codes();
    piped();
    mappings();
    records();
    return 0;
}
