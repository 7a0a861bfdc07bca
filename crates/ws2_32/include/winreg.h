/* The registry is empty: every value is not found, and of the keys only those are there where Windows keeps the settings of
 * TCP/IP, for programs that ask to be told of their changes. Writing is declared and not there. */
#ifndef _WINREG_
#define _WINREG_
#pragma GCC system_header

#include <minwinbase.h>
#include <ws2/objects.h>

typedef ACCESS_MASK REGSAM;
typedef LONG LSTATUS;
#define HKEY_CLASSES_ROOT ((HKEY)(ULONG_PTR)0x80000000)
#define HKEY_CURRENT_USER ((HKEY)(ULONG_PTR)0x80000001)
#define HKEY_LOCAL_MACHINE ((HKEY)(ULONG_PTR)0x80000002)
#define HKEY_USERS ((HKEY)(ULONG_PTR)0x80000003)
#define KEY_QUERY_VALUE 0x0001
#define KEY_SET_VALUE 0x0002
#define KEY_CREATE_SUB_KEY 0x0004
#define KEY_ENUMERATE_SUB_KEYS 0x0008
#define KEY_NOTIFY 0x0010
#define KEY_READ 0x20019
#define KEY_WRITE 0x20006
#define KEY_ALL_ACCESS 0xf003f
#define REG_OPTION_NON_VOLATILE 0
#define REG_NONE 0
#define REG_SZ 1
#define REG_EXPAND_SZ 2
#define REG_BINARY 3
#define REG_DWORD 4
#define REG_MULTI_SZ 7
#define REG_QWORD 11
#define REG_NOTIFY_CHANGE_NAME 0x00000001
#define REG_NOTIFY_CHANGE_ATTRIBUTES 0x00000002
#define REG_NOTIFY_CHANGE_LAST_SET 0x00000004
#define REG_NOTIFY_CHANGE_SECURITY 0x00000008
#define REG_NOTIFY_THREAD_AGNOSTIC 0x10000000

WS2_BEGIN_C
/* The keys that are there, as handles beside those of the roots. */
#define WS2_IS_KEY(key) ((ULONG_PTR)(key) >> 8 == 0x800000)
#define WS2_KEY_NAMED(character)                                                                               \
    static const char *const names[] = { "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters",             \
                                         "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces", \
                                         "SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters",            \
                                         "SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters\\Interfaces" }; \
    unsigned at;                                                                                               \
    if (name == NULL || *name == 0)                                                                            \
        return WS2_IS_KEY(root) ? root : NULL;                                                                 \
    for (at = 0; root == HKEY_LOCAL_MACHINE && at < 4; at++) {                                                 \
        const character *given = name;                                                                         \
        const char *known = names[at];                                                                         \
        while (*known != 0 && (*given | 0x20) == (*known | 0x20))                                              \
            given++, known++;                                                                                  \
        if (*known == 0 && *given == 0)                                                                        \
            return (HKEY)(ULONG_PTR)(0x80000080 + at);                                                         \
    }                                                                                                          \
    return NULL
static __inline HKEY ws2_key_named_a(HKEY root, const char *name)
{
    WS2_KEY_NAMED(char);
}
static __inline HKEY ws2_key_named_w(HKEY root, const WCHAR *name)
{
    WS2_KEY_NAMED(WCHAR);
}
#undef WS2_KEY_NAMED

static __inline LSTATUS RegOpenKeyExA(HKEY hKey, LPCSTR lpSubKey, DWORD ulOptions, REGSAM samDesired, PHKEY phkResult)
{
    HKEY found = ws2_key_named_a(hKey, lpSubKey);
    (void)ulOptions, (void)samDesired;
    if (phkResult == NULL)
        return 87; /* ERROR_INVALID_PARAMETER */
    *phkResult = found;
    return found != NULL ? 0 : WS2_IS_KEY(hKey) ? 2 : 6; /* ERROR_FILE_NOT_FOUND, ERROR_INVALID_HANDLE */
}

static __inline LSTATUS RegOpenKeyA(HKEY hKey, LPCSTR lpSubKey, PHKEY phkResult)
{
    return RegOpenKeyExA(hKey, lpSubKey, 0, 0, phkResult);
}

static __inline LSTATUS RegQueryValueExA(HKEY hKey, LPCSTR lpValueName, LPDWORD lpReserved, LPDWORD lpType, LPBYTE lpData,
                                       LPDWORD lpcbData)
{
    (void)hKey, (void)lpValueName, (void)lpReserved, (void)lpType, (void)lpData, (void)lpcbData;
    return 2; /* ERROR_FILE_NOT_FOUND */
}

static __inline LSTATUS RegEnumKeyExA(HKEY hKey, DWORD dwIndex, LPSTR lpName, LPDWORD lpcchName, LPDWORD lpReserved,
                                    LPSTR lpClass, LPDWORD lpcchClass, PFILETIME lpftLastWriteTime)
{
    (void)hKey, (void)dwIndex, (void)lpName, (void)lpcchName, (void)lpReserved, (void)lpClass, (void)lpcchClass;
    (void)lpftLastWriteTime;
    return 259; /* ERROR_NO_MORE_ITEMS */
}

static __inline LSTATUS RegOpenKeyExW(HKEY hKey, LPCWSTR lpSubKey, DWORD ulOptions, REGSAM samDesired, PHKEY phkResult)
{
    HKEY found = ws2_key_named_w(hKey, lpSubKey);
    (void)ulOptions, (void)samDesired;
    if (phkResult == NULL)
        return 87; /* ERROR_INVALID_PARAMETER */
    *phkResult = found;
    return found != NULL ? 0 : WS2_IS_KEY(hKey) ? 2 : 6; /* ERROR_FILE_NOT_FOUND, ERROR_INVALID_HANDLE */
}

static __inline LSTATUS RegOpenKeyW(HKEY hKey, LPCWSTR lpSubKey, PHKEY phkResult)
{
    return RegOpenKeyExW(hKey, lpSubKey, 0, 0, phkResult);
}

static __inline LSTATUS RegQueryValueExW(HKEY hKey, LPCWSTR lpValueName, LPDWORD lpReserved, LPDWORD lpType, LPBYTE lpData,
                                       LPDWORD lpcbData)
{
    (void)hKey, (void)lpValueName, (void)lpReserved, (void)lpType, (void)lpData, (void)lpcbData;
    return 2; /* ERROR_FILE_NOT_FOUND */
}

static __inline LSTATUS RegEnumKeyExW(HKEY hKey, DWORD dwIndex, LPWSTR lpName, LPDWORD lpcchName, LPDWORD lpReserved,
                                    LPWSTR lpClass, LPDWORD lpcchClass, PFILETIME lpftLastWriteTime)
{
    (void)hKey, (void)dwIndex, (void)lpName, (void)lpcchName, (void)lpReserved, (void)lpClass, (void)lpcchClass;
    (void)lpftLastWriteTime;
    return 259; /* ERROR_NO_MORE_ITEMS */
}
static __inline LSTATUS RegCloseKey(HKEY hKey)
{
    return WS2_IS_KEY(hKey) ? 0 : 6; /* ERROR_INVALID_HANDLE */
}

/* Nothing changes: the event is never set, and without one the wait has no end. */
static __inline LSTATUS RegNotifyChangeKeyValue(HKEY hKey, BOOL bWatchSubtree, DWORD dwNotifyFilter, HANDLE hEvent,
                                                BOOL fAsynchronous)
{
    (void)bWatchSubtree, (void)dwNotifyFilter;
    if (!WS2_IS_KEY(hKey) || (fAsynchronous && hEvent == NULL))
        return 6; /* ERROR_INVALID_HANDLE */
    if (!fAsynchronous)
        SleepEx(0xffffffffu, FALSE);
    return 0;
}
LSTATUS WINAPI RegCreateKeyExA(HKEY hKey, LPCSTR lpSubKey, DWORD Reserved, LPSTR lpClass, DWORD dwOptions,
    REGSAM samDesired, LPSECURITY_ATTRIBUTES lpSecurityAttributes, PHKEY phkResult, LPDWORD lpdwDisposition)
    WS2_SYMBOL(RegCreateKeyExA);
LSTATUS WINAPI RegCreateKeyExW(HKEY hKey, LPCWSTR lpSubKey, DWORD Reserved, LPWSTR lpClass, DWORD dwOptions,
    REGSAM samDesired, LPSECURITY_ATTRIBUTES lpSecurityAttributes, PHKEY phkResult, LPDWORD lpdwDisposition)
    WS2_SYMBOL_W(RegCreateKeyExW);
LSTATUS WINAPI RegSetValueExA(HKEY hKey, LPCSTR lpValueName, DWORD Reserved, DWORD dwType, const BYTE *lpData,
    DWORD cbData) WS2_SYMBOL(RegSetValueExA);
LSTATUS WINAPI RegSetValueExW(HKEY hKey, LPCWSTR lpValueName, DWORD Reserved, DWORD dwType, const BYTE *lpData,
    DWORD cbData) WS2_SYMBOL_W(RegSetValueExW);
LSTATUS WINAPI RegDeleteKeyA(HKEY hKey, LPCSTR lpSubKey) WS2_SYMBOL(RegDeleteKeyA);
LSTATUS WINAPI RegDeleteKeyW(HKEY hKey, LPCWSTR lpSubKey) WS2_SYMBOL_W(RegDeleteKeyW);
LSTATUS WINAPI RegDeleteValueA(HKEY hKey, LPCSTR lpValueName) WS2_SYMBOL(RegDeleteValueA);
LSTATUS WINAPI RegDeleteValueW(HKEY hKey, LPCWSTR lpValueName) WS2_SYMBOL_W(RegDeleteValueW);
WS2_END_C

#ifdef UNICODE
#define RegCreateKeyEx RegCreateKeyExW
#define RegSetValueEx RegSetValueExW
#define RegDeleteKey RegDeleteKeyW
#define RegDeleteValue RegDeleteValueW
#else
#define RegCreateKeyEx RegCreateKeyExA
#define RegSetValueEx RegSetValueExA
#define RegDeleteKey RegDeleteKeyA
#define RegDeleteValue RegDeleteValueA
#endif

#ifdef UNICODE
#define RegOpenKeyEx RegOpenKeyExW
#define RegOpenKey RegOpenKeyW
#define RegQueryValueEx RegQueryValueExW
#define RegEnumKeyEx RegEnumKeyExW
#else
#define RegOpenKeyEx RegOpenKeyExA
#define RegOpenKey RegOpenKeyA
#define RegQueryValueEx RegQueryValueExA
#define RegEnumKeyEx RegEnumKeyExA
#endif

#endif
