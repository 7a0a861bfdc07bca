/* The registry is empty: every key and value is not found. Writing is declared and not there. */
#ifndef _WINREG_
#define _WINREG_
#pragma GCC system_header

#include <minwinbase.h>

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

WS2_BEGIN_C
static __inline LSTATUS RegOpenKeyExA(HKEY hKey, LPCSTR lpSubKey, DWORD ulOptions, REGSAM samDesired, PHKEY phkResult)
{
    (void)hKey, (void)lpSubKey, (void)ulOptions, (void)samDesired;
    if (phkResult != NULL)
        *phkResult = NULL;
    return 2; /* ERROR_FILE_NOT_FOUND */
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
    (void)hKey, (void)lpSubKey, (void)ulOptions, (void)samDesired;
    if (phkResult != NULL)
        *phkResult = NULL;
    return 2; /* ERROR_FILE_NOT_FOUND */
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
    (void)hKey;
    return 6; /* ERROR_INVALID_HANDLE */
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
