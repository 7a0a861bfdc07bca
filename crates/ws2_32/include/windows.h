/* The part of windows.h that console programs need. The headers that it brings have the subjects; what has to do with
 * handles in general, completion ports and messages is here. */
#ifndef WS2_WINDOWS_H
#define WS2_WINDOWS_H
#pragma GCC system_header

#include <ws2/base.h>
#include <winbase.h>
#include <interlockedapi.h>
#include <ws2/fibers.h>
#include <ws2/objects.h>
#include <winerror.h>
#include <time.h>
#ifndef WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#endif

#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS 0x00000200
#define FORMAT_MESSAGE_FROM_STRING 0x00000400
#define FORMAT_MESSAGE_FROM_HMODULE 0x00000800
#define FORMAT_MESSAGE_FROM_SYSTEM 0x00001000
#define FORMAT_MESSAGE_ARGUMENT_ARRAY 0x00002000
#define FORMAT_MESSAGE_MAX_WIDTH_MASK 0x000000ff
#define FILE_SKIP_COMPLETION_PORT_ON_SUCCESS 0x1
#define FILE_SKIP_SET_EVENT_ON_HANDLE 0x2
/* Acquires what the operation has written, as the calls that ask for its result do. */
#define HasOverlappedIoCompleted(overlapped) \
    ((DWORD)__atomic_load_n(&(overlapped)->Internal, __ATOMIC_ACQUIRE) != STATUS_PENDING)
typedef struct _OVERLAPPED_ENTRY {
    ULONG_PTR lpCompletionKey;
    LPOVERLAPPED lpOverlapped;
    ULONG_PTR Internal;
    DWORD dwNumberOfBytesTransferred;
} OVERLAPPED_ENTRY, *LPOVERLAPPED_ENTRY;

WS2_BEGIN_C

DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPSTR lpBuffer,
                            DWORD nSize, __builtin_va_list *Arguments) WS2_SYMBOL(FormatMessageA);
DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId, LPWSTR lpBuffer,
                            DWORD nSize, __builtin_va_list *Arguments) WS2_SYMBOL_W(FormatMessageW);

HANDLE WINAPI CreateIoCompletionPort(HANDLE FileHandle, HANDLE ExistingCompletionPort, ULONG_PTR CompletionKey,
                                     DWORD NumberOfConcurrentThreads) WS2_SYMBOL(CreateIoCompletionPort);
BOOL WINAPI GetQueuedCompletionStatus(HANDLE CompletionPort, LPDWORD lpNumberOfBytesTransferred,
                                      PULONG_PTR lpCompletionKey, LPOVERLAPPED *lpOverlapped, DWORD dwMilliseconds)
    WS2_SYMBOL(GetQueuedCompletionStatus);
/* For sources of 32-bit days, whose keys are numbers in a DWORD or unsigned long. */
#ifdef __cplusplus
extern "C++" {
template <typename Narrow>
inline BOOL GetQueuedCompletionStatus(HANDLE CompletionPort, LPDWORD lpNumberOfBytesTransferred,
                                      Narrow *lpCompletionKey, LPOVERLAPPED *lpOverlapped, DWORD dwMilliseconds)
{
    ULONG_PTR key = 0;
    BOOL taken =
        GetQueuedCompletionStatus(CompletionPort, lpNumberOfBytesTransferred, &key, lpOverlapped, dwMilliseconds);
    *lpCompletionKey = (Narrow)key;
    return taken;
}
}
#else
static inline BOOL ws2_take_completion(HANDLE CompletionPort, LPDWORD lpNumberOfBytesTransferred, void *lpCompletionKey,
                                       size_t size, LPOVERLAPPED *lpOverlapped, DWORD dwMilliseconds)
{
    ULONG_PTR key = 0;
    BOOL taken;
    if (size != sizeof(DWORD))
        return GetQueuedCompletionStatus(CompletionPort, lpNumberOfBytesTransferred, (PULONG_PTR)lpCompletionKey,
                                         lpOverlapped, dwMilliseconds);
    taken = GetQueuedCompletionStatus(CompletionPort, lpNumberOfBytesTransferred, &key, lpOverlapped, dwMilliseconds);
    *(DWORD *)lpCompletionKey = (DWORD)key;
    return taken;
}
#define GetQueuedCompletionStatus(port, count, key, overlapped, milliseconds) \
    ws2_take_completion((port), (count), (key), sizeof *(key), (overlapped), (milliseconds))
#endif
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
BOOL WINAPI GetOverlappedResultEx(HANDLE hFile, LPOVERLAPPED lpOverlapped, LPDWORD lpNumberOfBytesTransferred,
                                  DWORD dwMilliseconds, BOOL bAlertable) WS2_SYMBOL(GetOverlappedResultEx);
BOOL WINAPI CancelIo(HANDLE hFile) WS2_SYMBOL(CancelIo);
BOOL WINAPI CancelIoEx(HANDLE hFile, LPOVERLAPPED lpOverlapped) WS2_SYMBOL(CancelIoEx);
BOOL WINAPI CloseHandle(HANDLE hObject) WS2_SYMBOL(CloseHandle);

#define HANDLE_FLAG_INHERIT 0x00000001
#define HANDLE_FLAG_PROTECT_FROM_CLOSE 0x00000002

/* No child inherits a handle that is not one of its standard ones, whatever is asked. */
static inline BOOL SetHandleInformation(HANDLE hObject, DWORD dwMask, DWORD dwFlags)
{
    HANDLE copy;
    if ((dwMask & ~3u) != 0) {
        SetLastError(87);
        return FALSE;
    }
    if ((dwMask & dwFlags & HANDLE_FLAG_PROTECT_FROM_CLOSE) != 0) {
        SetLastError(50);
        return FALSE;
    }
    if (!DuplicateHandle(GetCurrentProcess(), hObject, GetCurrentProcess(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS))
        return FALSE;
    return CloseHandle(copy);
}

/* None is inherited, and none is protected. */
static inline BOOL GetHandleInformation(HANDLE hObject, LPDWORD lpdwFlags)
{
    if (!SetHandleInformation(hObject, 0, 0))
        return FALSE;
    *lpdwFlags = 0;
    return TRUE;
}

WS2_END_C

#include <processthreadsapi.h>
#include <securitybaseapi.h>
#include <threadpoolapiset.h>
#include <winreg.h>
#include <winuser.h>
#ifndef WIN32_LEAN_AND_MEAN
#include <mmsystem.h>
#include <rpc.h>
#include <shellapi.h>
#ifndef NOCRYPT
#include <wincrypt.h>
#endif
#endif

#ifdef UNICODE
#define FormatMessage FormatMessageW
#else
#define FormatMessage FormatMessageA
#endif

#endif
