// The keys of the registry where TCP/IP's settings are, and their notices; windows that are not there.
//
// rule: A program may open the keys of TCP/IP's settings and ask to be told of changes, and hears nothing while nothing
//   changes; a key that is not there is not found. There is no window of a name that nobody gave one.
// source: https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regnotifychangekeyvalue, Parameters;
//   https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-regopenkeyexa;
//   https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-findwindowa
// expect: key 0
// expect: any case 0
// expect: wide 0
// expect: nowhere 2
// expect: root 0 same
// expect: notify 0
// expect: silent 258
// expect: no event 6
// expect: value 2
// expect: close 0
// expect: no key 6
// expect: no window
// expect: message 0 1400
#include "case.h"

#define SETTINGS "SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters"

int main(void)
{
    HKEY key = NULL, other = NULL, none = NULL;
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    DWORD size = 0, filter = REG_NOTIFY_CHANGE_NAME | REG_NOTIFY_CHANGE_LAST_SET;

    printf("key %d\n", (int)RegOpenKeyExA(HKEY_LOCAL_MACHINE, SETTINGS, 0, KEY_NOTIFY | KEY_READ, &key));
    printf("any case %d\n", (int)RegOpenKeyExA(HKEY_LOCAL_MACHINE, "system\\CURRENTCONTROLSET\\services\\tcpip\\parameters",
                                               0, KEY_READ, &other));
    RegCloseKey(other);
    printf("wide %d\n", (int)RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters",
                                           0, KEY_READ, &other));
    RegCloseKey(other);
    printf("nowhere %d\n", (int)RegOpenKeyExA(HKEY_LOCAL_MACHINE, SETTINGS "\\Nowhere at all", 0, KEY_READ, &none));
    printf("root %d ", (int)RegOpenKeyExA(HKEY_LOCAL_MACHINE, NULL, 0, KEY_READ, &other));
    printf("%s\n", other == HKEY_LOCAL_MACHINE ? "same" : "another");
    printf("notify %d\n", (int)RegNotifyChangeKeyValue(key, FALSE, filter, event, TRUE));
    printf("silent %lu\n", (unsigned long)WaitForSingleObject(event, 50));
    printf("no event %d\n", (int)RegNotifyChangeKeyValue(key, FALSE, filter, NULL, TRUE));
    printf("value %d\n", (int)RegQueryValueExA(key, "no value has this name", NULL, NULL, NULL, &size));
    printf("close %d\n", (int)RegCloseKey(key));
    printf("no key %d\n", (int)RegCloseKey(NULL));

    printf("%s window\n", FindWindowA("Nobody", "No such window") == NULL ? "no" : "a");
    SetLastError(0);
    printf("message %d ", (int)SendMessageA((HWND)(ULONG_PTR)0x7abcdef0, 0x4a, 0, 0));
    printf("%lu\n", (unsigned long)GetLastError());
    return 0;
}
