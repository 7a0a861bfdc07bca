/* The small part of windows.h that Winsock programs need. */
#ifndef WS2_WINDOWS_H
#define WS2_WINDOWS_H
#pragma GCC system_header

#include <ws2/base.h>
#include <ws2/objects.h>
#include <winerror.h>
#include <time.h>
#ifndef WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#endif

#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)
#define MAX_PATH 260
#define LANG_NEUTRAL 0x00
#define SUBLANG_DEFAULT 0x01
#define MAKELANGID(p, s) ((((WORD)(s)) << 10) | (WORD)(p))
#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS 0x00000200
#define FORMAT_MESSAGE_FROM_STRING 0x00000400
#define FORMAT_MESSAGE_FROM_HMODULE 0x00000800
#define FORMAT_MESSAGE_FROM_SYSTEM 0x00001000
#define FORMAT_MESSAGE_ARGUMENT_ARRAY 0x00002000
#define FORMAT_MESSAGE_MAX_WIDTH_MASK 0x000000ff
#define ZeroMemory(destination, length) memset((destination), 0, (length))
#define CopyMemory(destination, source, length) memcpy((destination), (source), (length))
#define FillMemory(destination, length, fill) memset((destination), (fill), (length))
#define UNREFERENCED_PARAMETER(p) ((void)(p))
#define FILE_SKIP_COMPLETION_PORT_ON_SUCCESS 0x1
#define FILE_SKIP_SET_EVENT_ON_HANDLE 0x2
#define STATUS_PENDING ((DWORD)0x00000103)
/* Acquires what the operation has written, as the calls that ask for its result do. */
#define HasOverlappedIoCompleted(overlapped) \
    ((DWORD)__atomic_load_n(&(overlapped)->Internal, __ATOMIC_ACQUIRE) != STATUS_PENDING)
typedef struct _OVERLAPPED_ENTRY {
    ULONG_PTR lpCompletionKey;
    LPOVERLAPPED lpOverlapped;
    ULONG_PTR Internal;
    DWORD dwNumberOfBytesTransferred;
} OVERLAPPED_ENTRY, *LPOVERLAPPED_ENTRY;
typedef HANDLE HLOCAL, HMODULE, HINSTANCE;

WS2_BEGIN_C

DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPSTR lpBuffer,
                            DWORD nSize, __builtin_va_list *Arguments) WS2_SYMBOL(FormatMessageA);
DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPWSTR lpBuffer,
                            DWORD nSize, __builtin_va_list *Arguments) WS2_SYMBOL_W(FormatMessageW);
HLOCAL WINAPI LocalFree(HLOCAL hMem) WS2_SYMBOL(LocalFree);

HANDLE WINAPI CreateIoCompletionPort(HANDLE FileHandle, HANDLE ExistingCompletionPort, ULONG_PTR CompletionKey,
                                     DWORD NumberOfConcurrentThreads) WS2_SYMBOL(CreateIoCompletionPort);
BOOL WINAPI GetQueuedCompletionStatus(HANDLE CompletionPort, LPDWORD lpNumberOfBytesTransferred,
                                      PULONG_PTR lpCompletionKey, LPOVERLAPPED *lpOverlapped, DWORD dwMilliseconds)
    WS2_SYMBOL(GetQueuedCompletionStatus);
BOOL WINAPI GetQueuedCompletionStatusEx(HANDLE CompletionPort, LPOVERLAPPED_ENTRY lpCompletionPortEntries,
                                        ULONG ulCount, PULONG ulNumEntriesRemoved, DWORD dwMilliseconds,
                                        BOOL fAlertable) WS2_SYMBOL(GetQueuedCompletionStatusEx);
BOOL WINAPI PostQueuedCompletionStatus(HANDLE CompletionPort, DWORD dwNumberOfBytesTransferred,
                                       ULONG_PTR dwCompletionKey, LPOVERLAPPED lpOverlapped)
    WS2_SYMBOL(PostQueuedCompletionStatus);
BOOL WINAPI SetFileCompletionNotificationModes(HANDLE FileHandle, UCHAR Flags)
    WS2_SYMBOL(SetFileCompletionNotificationModes);
BOOL WINAPI GetOverlappedResult(HANDLE hFile, LPOVERLAPPED lpOverlapped, LPDWORD lpNumberOfBytesTransferred,
                                BOOL bWait) WS2_SYMBOL(GetOverlappedResult);
BOOL WINAPI CancelIo(HANDLE hFile) WS2_SYMBOL(CancelIo);
BOOL WINAPI CancelIoEx(HANDLE hFile, LPOVERLAPPED lpOverlapped) WS2_SYMBOL(CancelIoEx);
BOOL WINAPI CloseHandle(HANDLE hObject) WS2_SYMBOL(CloseHandle);

/* libc declares these two, and struct timespec, only where the program does not ask for strict C. */
struct ws2_timespec {
    time_t tv_sec;
    long tv_nsec;
};
extern int ws2_clock_gettime(int clock, struct ws2_timespec *now) __asm__("clock_gettime");
extern int ws2_nanosleep(const struct ws2_timespec *wanted, struct ws2_timespec *left) __asm__("nanosleep");

/* Milliseconds since the system started: CLOCK_BOOTTIME. */
static inline ULONGLONG GetTickCount64(void)
{
    struct ws2_timespec now;
    ws2_clock_gettime(7, &now);
    return (ULONGLONG)now.tv_sec * 1000 + (ULONGLONG)now.tv_nsec / 1000000;
}

static inline DWORD GetTickCount(void)
{
    return (DWORD)GetTickCount64();
}

static inline void Sleep(DWORD dwMilliseconds)
{
    struct ws2_timespec rest;
    rest.tv_sec = dwMilliseconds / 1000;
    rest.tv_nsec = (long)(dwMilliseconds % 1000) * 1000000;
    while (ws2_nanosleep(&rest, &rest) != 0 && dwMilliseconds != INFINITE)
        continue;
}

static inline DWORD GetCurrentProcessId(void)
{
    return (DWORD)getpid();
}

WS2_END_C

#ifdef UNICODE
#define FormatMessage FormatMessageW
#else
#define FormatMessage FormatMessageA
#endif

#endif
