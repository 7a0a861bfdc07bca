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
#define VER_MINORVERSION 0x0000001
#define VER_MAJORVERSION 0x0000002
#define VER_BUILDNUMBER 0x0000004
#define VER_PLATFORMID 0x0000008
#define VER_SERVICEPACKMINOR 0x0000010
#define VER_SERVICEPACKMAJOR 0x0000020
#define VER_SUITENAME 0x0000040
#define VER_PRODUCT_TYPE 0x0000080
#define VER_EQUAL 1
#define VER_GREATER 2
#define VER_GREATER_EQUAL 3
#define VER_LESS 4
#define VER_LESS_EQUAL 5
#define VER_AND 6
#define VER_OR 7
#define TIME_ZONE_ID_INVALID ((DWORD)0xffffffff)
#define TIME_ZONE_ID_UNKNOWN 0
#define TIME_ZONE_ID_STANDARD 1
#define TIME_ZONE_ID_DAYLIGHT 2
#define GetSystemTimePreciseAsFileTime GetSystemTimeAsFileTime

WS2_BEGIN_C
void WINAPI GetSystemInfo(LPSYSTEM_INFO lpSystemInfo) WS2_SYMBOL(GetSystemInfo);
void WINAPI GetNativeSystemInfo(LPSYSTEM_INFO lpSystemInfo) WS2_SYMBOL(GetSystemInfo);
DWORD WINAPI GetVersion(void) WS2_SYMBOL(GetVersion);
BOOL WINAPI GetVersionExA(LPOSVERSIONINFOA lpVersionInformation) WS2_SYMBOL(GetVersionExA);
BOOL WINAPI GetVersionExW(LPOSVERSIONINFOW lpVersionInformation) WS2_SYMBOL_W(GetVersionExW);
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
/* What a field of a version has to be, in three bits of the mask for each. */
static __inline ULONGLONG VerSetConditionMask(ULONGLONG ConditionMask, DWORD TypeMask, BYTE Condition)
{
    int field;
    for (field = 7; field >= 0; field--)
        if ((TypeMask & 1u << field) != 0)
            return ConditionMask | (ULONGLONG)(Condition & 7) << 3 * field;
    return ConditionMask;
}

static __inline BOOL ws2_version_is(int condition, int order)
{
    return condition == VER_EQUAL           ? order == 0
           : condition == VER_GREATER       ? order > 0
           : condition == VER_GREATER_EQUAL ? order >= 0
           : condition == VER_LESS          ? order < 0
           : condition == VER_LESS_EQUAL    ? order <= 0
                                            : FALSE;
}

/* Of major, minor and service pack the first that differs decides, by its own condition or that of the one before. */
static __inline BOOL ws2_verify_version(const DWORD wanted[8], DWORD types, ULONGLONG conditions)
{
    static const int order[4] = {1, 0, 5, 4};
    OSVERSIONINFOEXA own;
    DWORD now[8];
    int i, field, condition = 0, differs = 0;
    own.dwOSVersionInfoSize = sizeof own;
    GetVersionExA((LPOSVERSIONINFOA)&own);
    now[0] = own.dwMinorVersion, now[1] = own.dwMajorVersion, now[2] = own.dwBuildNumber;
    now[3] = own.dwPlatformId, now[4] = own.wServicePackMinor, now[5] = own.wServicePackMajor;
    now[6] = own.wSuiteMask, now[7] = own.wProductType;
    if (types == 0 || conditions == 0) {
        SetLastError(160);
        return FALSE;
    }
    for (i = 0; i < 4 && differs == 0; i++) {
        field = order[i];
        if ((types & 1u << field) == 0)
            continue;
        if (condition == 0 || condition == VER_EQUAL)
            condition = (int)(conditions >> 3 * field & 7);
        differs = now[field] < wanted[field] ? -1 : now[field] > wanted[field];
    }
    if (condition != 0 && !ws2_version_is(condition, differs)) {
        SetLastError(1150);
        return FALSE;
    }
    for (field = 2; field < 8; field++) {
        BOOL fits = TRUE;
        condition = (int)(conditions >> 3 * field & 7);
        if (field == 4 || field == 5 || (types & 1u << field) == 0)
            continue;
        if (field == 6)
            fits = condition == VER_OR ? (now[6] & wanted[6]) != 0 : (now[6] & wanted[6]) == wanted[6];
        else
            fits = ws2_version_is(condition, now[field] < wanted[field] ? -1 : now[field] > wanted[field]);
        if (!fits) {
            SetLastError(1150);
            return FALSE;
        }
    }
    return TRUE;
}

#define WS2_VERIFY_VERSION(name, type) \
    static __inline BOOL name(type info, DWORD types, DWORDLONG conditions) \
    { \
        DWORD wanted[8]; \
        wanted[0] = info->dwMinorVersion, wanted[1] = info->dwMajorVersion, wanted[2] = info->dwBuildNumber; \
        wanted[3] = info->dwPlatformId, wanted[4] = info->wServicePackMinor, wanted[5] = info->wServicePackMajor; \
        wanted[6] = info->wSuiteMask, wanted[7] = info->wProductType; \
        return ws2_verify_version(wanted, types, conditions); \
    }
WS2_VERIFY_VERSION(VerifyVersionInfoA, LPOSVERSIONINFOEXA)
WS2_VERIFY_VERSION(VerifyVersionInfoW, LPOSVERSIONINFOEXW)
#define VER_SET_CONDITION(mask, type, condition) ((mask) = VerSetConditionMask((mask), (type), (condition)))

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
