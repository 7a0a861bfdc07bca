/* The computer, the time, the process and its environment. */
#ifndef _SYSINFOAPI_H_
#define _SYSINFOAPI_H_
#pragma GCC system_header

#include <minwinbase.h>

typedef struct _SYSTEM_INFO {
    __extension__ union {
        DWORD dwOemId;
        __extension__ struct {
            WORD wProcessorArchitecture;
            WORD wReserved;
        };
    };
    DWORD dwPageSize;
    LPVOID lpMinimumApplicationAddress;
    LPVOID lpMaximumApplicationAddress;
    DWORD_PTR dwActiveProcessorMask;
    DWORD dwNumberOfProcessors, dwProcessorType, dwAllocationGranularity;
    WORD wProcessorLevel, wProcessorRevision;
} SYSTEM_INFO, *LPSYSTEM_INFO;
typedef struct _MEMORYSTATUSEX {
    DWORD dwLength, dwMemoryLoad;
    DWORDLONG ullTotalPhys, ullAvailPhys, ullTotalPageFile, ullAvailPageFile, ullTotalVirtual, ullAvailVirtual,
        ullAvailExtendedVirtual;
} MEMORYSTATUSEX, *LPMEMORYSTATUSEX;
typedef struct _TIME_ZONE_INFORMATION {
    LONG Bias;
    WCHAR StandardName[32];
    SYSTEMTIME StandardDate;
    LONG StandardBias;
    WCHAR DaylightName[32];
    SYSTEMTIME DaylightDate;
    LONG DaylightBias;
} TIME_ZONE_INFORMATION, *PTIME_ZONE_INFORMATION, *LPTIME_ZONE_INFORMATION;
typedef enum _COMPUTER_NAME_FORMAT {
    ComputerNameNetBIOS, ComputerNameDnsHostname, ComputerNameDnsDomain, ComputerNameDnsFullyQualified,
    ComputerNamePhysicalNetBIOS, ComputerNamePhysicalDnsHostname, ComputerNamePhysicalDnsDomain,
    ComputerNamePhysicalDnsFullyQualified, ComputerNameMax
} COMPUTER_NAME_FORMAT;
#define MAX_COMPUTERNAME_LENGTH 15
#define TIME_ZONE_ID_INVALID ((DWORD)0xffffffff)
#define TIME_ZONE_ID_UNKNOWN 0
#define TIME_ZONE_ID_STANDARD 1
#define TIME_ZONE_ID_DAYLIGHT 2
#define GetNativeSystemInfo GetSystemInfo
#define GetSystemTimePreciseAsFileTime GetSystemTimeAsFileTime

WS2_BEGIN_C
void WINAPI GetSystemInfo(LPSYSTEM_INFO lpSystemInfo) WS2_SYMBOL(GetSystemInfo);
DWORD WINAPI GetVersion(void) WS2_SYMBOL(GetVersion);
BOOL WINAPI GetVersionExA(LPOSVERSIONINFOA lpVersionInformation) WS2_SYMBOL(GetVersionExA);
BOOL WINAPI GetVersionExW(LPOSVERSIONINFOW lpVersionInformation) WS2_SYMBOL_W(GetVersionExW);
ULONGLONG WINAPI VerSetConditionMask(ULONGLONG ConditionMask, DWORD TypeMask, BYTE Condition)
    WS2_SYMBOL(VerSetConditionMask);
BOOL WINAPI VerifyVersionInfoA(LPOSVERSIONINFOEXA lpVersionInformation, DWORD dwTypeMask, DWORDLONG dwlConditionMask)
    WS2_SYMBOL(VerifyVersionInfoA);
BOOL WINAPI VerifyVersionInfoW(LPOSVERSIONINFOEXW lpVersionInformation, DWORD dwTypeMask, DWORDLONG dwlConditionMask)
    WS2_SYMBOL_W(VerifyVersionInfoW);
BOOL WINAPI GlobalMemoryStatusEx(LPMEMORYSTATUSEX lpBuffer) WS2_SYMBOL(GlobalMemoryStatusEx);
void WINAPI GetSystemTime(LPSYSTEMTIME lpSystemTime) WS2_SYMBOL(GetSystemTime);
void WINAPI GetLocalTime(LPSYSTEMTIME lpSystemTime) WS2_SYMBOL(GetLocalTime);
void WINAPI GetSystemTimeAsFileTime(LPFILETIME lpSystemTimeAsFileTime) WS2_SYMBOL(GetSystemTimeAsFileTime);
BOOL WINAPI FileTimeToSystemTime(const FILETIME *lpFileTime, LPSYSTEMTIME lpSystemTime)
    WS2_SYMBOL(FileTimeToSystemTime);
BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME *lpSystemTime, LPFILETIME lpFileTime)
    WS2_SYMBOL(SystemTimeToFileTime);
BOOL WINAPI FileTimeToLocalFileTime(const FILETIME *lpFileTime, LPFILETIME lpLocalFileTime)
    WS2_SYMBOL(FileTimeToLocalFileTime);
BOOL WINAPI LocalFileTimeToFileTime(const FILETIME *lpLocalFileTime, LPFILETIME lpFileTime)
    WS2_SYMBOL(LocalFileTimeToFileTime);
LONG WINAPI CompareFileTime(const FILETIME *lpFileTime1, const FILETIME *lpFileTime2) WS2_SYMBOL(CompareFileTime);
DWORD WINAPI GetTimeZoneInformation(LPTIME_ZONE_INFORMATION lpTimeZoneInformation)
    WS2_SYMBOL_W(GetTimeZoneInformation);
ULONGLONG WINAPI GetTickCount64(void) WS2_SYMBOL(GetTickCount64);
DWORD WINAPI GetTickCount(void) WS2_SYMBOL(GetTickCount);
BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *lpPerformanceCount) WS2_SYMBOL(QueryPerformanceCounter);
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *lpFrequency) WS2_SYMBOL(QueryPerformanceFrequency);
BOOL WINAPI GetComputerNameA(LPSTR lpBuffer, LPDWORD nSize) WS2_SYMBOL(GetComputerNameA);
BOOL WINAPI GetComputerNameW(LPWSTR lpBuffer, LPDWORD nSize) WS2_SYMBOL_W(GetComputerNameW);
BOOL WINAPI GetComputerNameExA(COMPUTER_NAME_FORMAT NameType, LPSTR lpBuffer, LPDWORD nSize)
    WS2_SYMBOL(GetComputerNameExA);
BOOL WINAPI GetComputerNameExW(COMPUTER_NAME_FORMAT NameType, LPWSTR lpBuffer, LPDWORD nSize)
    WS2_SYMBOL_W(GetComputerNameExW);
BOOL WINAPI GetUserNameA(LPSTR lpBuffer, LPDWORD pcbBuffer) WS2_SYMBOL(GetUserNameA);
BOOL WINAPI GetUserNameW(LPWSTR lpBuffer, LPDWORD pcbBuffer) WS2_SYMBOL_W(GetUserNameW);
DWORD WINAPI GetCurrentProcessId(void) WS2_SYMBOL(GetCurrentProcessId);
__attribute__((noreturn)) void WINAPI ExitProcess(UINT uExitCode) WS2_SYMBOL(ExitProcess);
void WINAPI OutputDebugStringA(LPCSTR lpOutputString) WS2_SYMBOL(OutputDebugStringA);
void WINAPI OutputDebugStringW(LPCWSTR lpOutputString) WS2_SYMBOL_W(OutputDebugStringW);
DWORD WINAPI GetEnvironmentVariableA(LPCSTR lpName, LPSTR lpBuffer, DWORD nSize) WS2_SYMBOL(GetEnvironmentVariableA);
DWORD WINAPI GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize)
    WS2_SYMBOL_W(GetEnvironmentVariableW);
BOOL WINAPI SetEnvironmentVariableA(LPCSTR lpName, LPCSTR lpValue) WS2_SYMBOL(SetEnvironmentVariableA);
BOOL WINAPI SetEnvironmentVariableW(LPCWSTR lpName, LPCWSTR lpValue) WS2_SYMBOL_W(SetEnvironmentVariableW);
DWORD WINAPI ExpandEnvironmentStringsA(LPCSTR lpSrc, LPSTR lpDst, DWORD nSize) WS2_SYMBOL(ExpandEnvironmentStringsA);
DWORD WINAPI ExpandEnvironmentStringsW(LPCWSTR lpSrc, LPWSTR lpDst, DWORD nSize)
    WS2_SYMBOL_W(ExpandEnvironmentStringsW);
LPSTR WINAPI GetCommandLineA(void) WS2_SYMBOL(GetCommandLineA);
LPWSTR WINAPI GetCommandLineW(void) WS2_SYMBOL_W(GetCommandLineW);
/* There is no debugger that the program could ask for. */
static __inline BOOL IsDebuggerPresent(void)
{
    return FALSE;
}

static __inline void DebugBreak(void)
{
    __builtin_trap();
}
WS2_END_C

#ifdef UNICODE
#define GetVersionEx GetVersionExW
#define VerifyVersionInfo VerifyVersionInfoW
#define GetComputerName GetComputerNameW
#define GetComputerNameEx GetComputerNameExW
#define GetUserName GetUserNameW
#define OutputDebugString OutputDebugStringW
#define GetEnvironmentVariable GetEnvironmentVariableW
#define SetEnvironmentVariable SetEnvironmentVariableW
#define ExpandEnvironmentStrings ExpandEnvironmentStringsW
#define GetCommandLine GetCommandLineW
#else
#define GetVersionEx GetVersionExA
#define VerifyVersionInfo VerifyVersionInfoA
#define GetComputerName GetComputerNameA
#define GetComputerNameEx GetComputerNameExA
#define GetUserName GetUserNameA
#define OutputDebugString OutputDebugStringA
#define GetEnvironmentVariable GetEnvironmentVariableA
#define SetEnvironmentVariable SetEnvironmentVariableA
#define ExpandEnvironmentStrings ExpandEnvironmentStringsA
#define GetCommandLine GetCommandLineA
#endif

#endif
