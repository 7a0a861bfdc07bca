/* What a thread is called, by its program and by Linux. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

int main(void)
{
    static const WCHAR name[] = L"accepts connections of clients";
    WCHAR *told = NULL;
    char linux_name[32] = "";
    HANDLE number;
    HRESULT outcome, other;
    FILE *file;
    outcome = GetThreadDescription(GetCurrentThread(), &told);
    printf("new %d length %d\n", (int)outcome, told == NULL ? -1 : (int)wcslen(told));
    LocalFree(told);
    printf("set %d\n", (int)SetThreadDescription(GetCurrentThread(), name));
    number = OpenThread(THREAD_QUERY_INFORMATION, FALSE, GetCurrentThreadId());
    outcome = GetThreadDescription(number, &told);
    printf("get %d same %d\n", (int)outcome, wcscmp(told, name) == 0);
    LocalFree(told);
    CloseHandle(number);
    if ((file = fopen("/proc/thread-self/comm", "r")) != NULL && fgets(linux_name, sizeof linux_name, file) != NULL)
        printf("Linux %s", linux_name);
    outcome = SetThreadDescription((HANDLE)0x99990, name);
    other = GetThreadDescription((HANDLE)0x99990, &told);
    printf("no thread %08x %08x\n", (unsigned)outcome, (unsigned)other);
    printf("processor %d\n", GetCurrentProcessorNumber() < 4096);
    return 0;
}
