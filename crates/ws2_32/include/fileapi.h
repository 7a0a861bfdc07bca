/* Files by name and by handle. */
#ifndef _FILEAPI_
#define _FILEAPI_
#pragma GCC system_header

#include <winnt.h>
#include <minwinbase.h>
#include <winerror.h>

#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3
#define OPEN_ALWAYS 4
#define TRUNCATE_EXISTING 5
#define INVALID_FILE_SIZE ((DWORD)0xffffffff)
#define INVALID_SET_FILE_POINTER ((DWORD)-1)
#define INVALID_FILE_ATTRIBUTES ((DWORD)-1)
#define MAILSLOT_WAIT_FOREVER ((DWORD)-1)
#define MAILSLOT_NO_MESSAGE ((DWORD)-1)
#define LOCKFILE_FAIL_IMMEDIATELY 0x00000001
#define LOCKFILE_EXCLUSIVE_LOCK 0x00000002
#define FILE_BEGIN 0
#define FILE_CURRENT 1
#define FILE_END 2
#define FILE_FLAG_WRITE_THROUGH 0x80000000
#define FILE_FLAG_OVERLAPPED 0x40000000
#define FILE_FLAG_NO_BUFFERING 0x20000000
#define FILE_FLAG_RANDOM_ACCESS 0x10000000
#define FILE_FLAG_SEQUENTIAL_SCAN 0x08000000
#define FILE_FLAG_DELETE_ON_CLOSE 0x04000000
#define FILE_FLAG_BACKUP_SEMANTICS 0x02000000
#define FILE_FLAG_POSIX_SEMANTICS 0x01000000
#define FILE_FLAG_OPEN_REPARSE_POINT 0x00200000
/* How far the server of a pipe may act for its client, which nobody does here. */
#define SECURITY_SQOS_PRESENT 0x00100000
#define SECURITY_ANONYMOUS 0x00000000
#define SECURITY_IDENTIFICATION 0x00010000
#define SECURITY_IMPERSONATION 0x00020000
#define SECURITY_DELEGATION 0x00030000
#define SECURITY_CONTEXT_TRACKING 0x00040000
#define SECURITY_EFFECTIVE_ONLY 0x00080000
#define FILE_TYPE_UNKNOWN 0x0000
#define FILE_TYPE_DISK 0x0001
#define FILE_TYPE_CHAR 0x0002
#define FILE_TYPE_PIPE 0x0003
#define FILE_TYPE_REMOTE 0x8000
#define MOVEFILE_REPLACE_EXISTING 0x00000001
#define MOVEFILE_COPY_ALLOWED 0x00000002
#define MOVEFILE_WRITE_THROUGH 0x00000008
typedef struct _BY_HANDLE_FILE_INFORMATION {
    DWORD dwFileAttributes;
    FILETIME ftCreationTime, ftLastAccessTime, ftLastWriteTime;
    DWORD dwVolumeSerialNumber, nFileSizeHigh, nFileSizeLow, nNumberOfLinks, nFileIndexHigh, nFileIndexLow;
} BY_HANDLE_FILE_INFORMATION, *PBY_HANDLE_FILE_INFORMATION, *LPBY_HANDLE_FILE_INFORMATION;
typedef struct _WIN32_FILE_ATTRIBUTE_DATA {
    DWORD dwFileAttributes;
    FILETIME ftCreationTime, ftLastAccessTime, ftLastWriteTime;
    DWORD nFileSizeHigh, nFileSizeLow;
} WIN32_FILE_ATTRIBUTE_DATA, *LPWIN32_FILE_ATTRIBUTE_DATA;

WS2_BEGIN_C
HANDLE WINAPI CreateFileA(LPCSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode,
    LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes,
    HANDLE hTemplateFile) WS2_SYMBOL(CreateFileA);
HANDLE WINAPI CreateFileW(LPCWSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode,
    LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes,
    HANDLE hTemplateFile) WS2_SYMBOL_W(CreateFileW);
BOOL WINAPI ReadFile(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPDWORD lpNumberOfBytesRead,
                     LPOVERLAPPED lpOverlapped) WS2_SYMBOL(ReadFile);
BOOL WINAPI WriteFile(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite, LPDWORD lpNumberOfBytesWritten,
                      LPOVERLAPPED lpOverlapped) WS2_SYMBOL(WriteFile);
typedef void(WINAPI *LPOVERLAPPED_COMPLETION_ROUTINE)(DWORD dwErrorCode, DWORD dwNumberOfBytesTransfered,
    LPOVERLAPPED lpOverlapped);
/* Pages from or to several places: not provided, as for a device that cannot, and ERROR_NOT_SUPPORTED. */
WS2_INLINE BOOL ReadFileScatter(HANDLE hFile, FILE_SEGMENT_ELEMENT aSegmentArray[], DWORD nNumberOfBytesToRead,
    LPDWORD lpReserved, LPOVERLAPPED lpOverlapped)
{
    (void)hFile, (void)aSegmentArray, (void)nNumberOfBytesToRead, (void)lpReserved, (void)lpOverlapped;
    SetLastError(ERROR_NOT_SUPPORTED);
    return FALSE;
}
WS2_INLINE BOOL WriteFileGather(HANDLE hFile, FILE_SEGMENT_ELEMENT aSegmentArray[], DWORD nNumberOfBytesToWrite,
    LPDWORD lpReserved, LPOVERLAPPED lpOverlapped)
{
    return ReadFileScatter(hFile, aSegmentArray, nNumberOfBytesToWrite, lpReserved, lpOverlapped);
}
BOOL WINAPI ReadFileEx(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPOVERLAPPED lpOverlapped,
    LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WS2_SYMBOL(ReadFileEx);
BOOL WINAPI WriteFileEx(HANDLE hFile, LPCVOID lpBuffer, DWORD nNumberOfBytesToWrite, LPOVERLAPPED lpOverlapped,
    LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WS2_SYMBOL(WriteFileEx);
BOOL WINAPI LockFile(HANDLE hFile, DWORD dwFileOffsetLow, DWORD dwFileOffsetHigh, DWORD nNumberOfBytesToLockLow,
    DWORD nNumberOfBytesToLockHigh) WS2_SYMBOL(LockFile);
BOOL WINAPI UnlockFile(HANDLE hFile, DWORD dwFileOffsetLow, DWORD dwFileOffsetHigh, DWORD nNumberOfBytesToUnlockLow,
    DWORD nNumberOfBytesToUnlockHigh) WS2_SYMBOL(UnlockFile);
BOOL WINAPI LockFileEx(HANDLE hFile, DWORD dwFlags, DWORD dwReserved, DWORD nNumberOfBytesToLockLow,
    DWORD nNumberOfBytesToLockHigh, LPOVERLAPPED lpOverlapped) WS2_SYMBOL(LockFileEx);
BOOL WINAPI UnlockFileEx(HANDLE hFile, DWORD dwReserved, DWORD nNumberOfBytesToUnlockLow,
    DWORD nNumberOfBytesToUnlockHigh, LPOVERLAPPED lpOverlapped) WS2_SYMBOL(UnlockFileEx);
DWORD WINAPI GetFileSize(HANDLE hFile, LPDWORD lpFileSizeHigh) WS2_SYMBOL(GetFileSize);
BOOL WINAPI GetFileSizeEx(HANDLE hFile, PLARGE_INTEGER lpFileSize) WS2_SYMBOL(GetFileSizeEx);
DWORD WINAPI SetFilePointer(HANDLE hFile, LONG lDistanceToMove, PLONG lpDistanceToMoveHigh, DWORD dwMoveMethod)
    WS2_SYMBOL(SetFilePointer);
BOOL WINAPI SetFilePointerEx(HANDLE hFile, LARGE_INTEGER liDistanceToMove, PLARGE_INTEGER lpNewFilePointer,
    DWORD dwMoveMethod) WS2_SYMBOL(SetFilePointerEx);
BOOL WINAPI SetEndOfFile(HANDLE hFile) WS2_SYMBOL(SetEndOfFile);
BOOL WINAPI FlushFileBuffers(HANDLE hFile) WS2_SYMBOL(FlushFileBuffers);
DWORD WINAPI GetFileType(HANDLE hFile) WS2_SYMBOL(GetFileType);
BOOL WINAPI GetFileTime(HANDLE hFile, LPFILETIME lpCreationTime, LPFILETIME lpLastAccessTime,
                        LPFILETIME lpLastWriteTime) WS2_SYMBOL(GetFileTime);
BOOL WINAPI SetFileTime(HANDLE hFile, const FILETIME *lpCreationTime, const FILETIME *lpLastAccessTime,
                        const FILETIME *lpLastWriteTime) WS2_SYMBOL(SetFileTime);
BOOL WINAPI GetFileInformationByHandle(HANDLE hFile, LPBY_HANDLE_FILE_INFORMATION lpFileInformation)
    WS2_SYMBOL(GetFileInformationByHandle);
BOOL WINAPI DeleteFileA(LPCSTR lpFileName) WS2_SYMBOL(DeleteFileA);
BOOL WINAPI DeleteFileW(LPCWSTR lpFileName) WS2_SYMBOL_W(DeleteFileW);
BOOL WINAPI MoveFileA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName) WS2_SYMBOL(MoveFileA);
BOOL WINAPI MoveFileW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName) WS2_SYMBOL_W(MoveFileW);
BOOL WINAPI MoveFileExA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName, DWORD dwFlags) WS2_SYMBOL(MoveFileExA);
BOOL WINAPI MoveFileExW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, DWORD dwFlags) WS2_SYMBOL_W(MoveFileExW);
BOOL WINAPI CopyFileA(LPCSTR lpExistingFileName, LPCSTR lpNewFileName, BOOL bFailIfExists) WS2_SYMBOL(CopyFileA);
BOOL WINAPI CopyFileW(LPCWSTR lpExistingFileName, LPCWSTR lpNewFileName, BOOL bFailIfExists) WS2_SYMBOL_W(CopyFileW);
BOOL WINAPI CreateDirectoryA(LPCSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes)
    WS2_SYMBOL(CreateDirectoryA);
BOOL WINAPI CreateDirectoryW(LPCWSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes)
    WS2_SYMBOL_W(CreateDirectoryW);
BOOL WINAPI GetDiskFreeSpaceExA(LPCSTR lpDirectoryName, ULARGE_INTEGER *lpFreeBytesAvailableToCaller,
    ULARGE_INTEGER *lpTotalNumberOfBytes, ULARGE_INTEGER *lpTotalNumberOfFreeBytes) WS2_SYMBOL(GetDiskFreeSpaceExA);
BOOL WINAPI GetDiskFreeSpaceExW(LPCWSTR lpDirectoryName, ULARGE_INTEGER *lpFreeBytesAvailableToCaller,
    ULARGE_INTEGER *lpTotalNumberOfBytes, ULARGE_INTEGER *lpTotalNumberOfFreeBytes) WS2_SYMBOL_W(GetDiskFreeSpaceExW);
BOOL WINAPI RemoveDirectoryA(LPCSTR lpPathName) WS2_SYMBOL(RemoveDirectoryA);
BOOL WINAPI RemoveDirectoryW(LPCWSTR lpPathName) WS2_SYMBOL_W(RemoveDirectoryW);
DWORD WINAPI GetFileAttributesA(LPCSTR lpFileName) WS2_SYMBOL(GetFileAttributesA);
DWORD WINAPI GetFileAttributesW(LPCWSTR lpFileName) WS2_SYMBOL_W(GetFileAttributesW);
BOOL WINAPI SetFileAttributesA(LPCSTR lpFileName, DWORD dwFileAttributes) WS2_SYMBOL(SetFileAttributesA);
BOOL WINAPI SetFileAttributesW(LPCWSTR lpFileName, DWORD dwFileAttributes) WS2_SYMBOL_W(SetFileAttributesW);
BOOL WINAPI GetFileAttributesExA(LPCSTR lpFileName, GET_FILEEX_INFO_LEVELS fInfoLevelId, LPVOID lpFileInformation)
    WS2_SYMBOL(GetFileAttributesExA);
BOOL WINAPI GetFileAttributesExW(LPCWSTR lpFileName, GET_FILEEX_INFO_LEVELS fInfoLevelId, LPVOID lpFileInformation)
    WS2_SYMBOL_W(GetFileAttributesExW);
HANDLE WINAPI FindFirstFileA(LPCSTR lpFileName, LPWIN32_FIND_DATAA lpFindFileData) WS2_SYMBOL(FindFirstFileA);
HANDLE WINAPI FindFirstFileW(LPCWSTR lpFileName, LPWIN32_FIND_DATAW lpFindFileData) WS2_SYMBOL_W(FindFirstFileW);

typedef enum _FINDEX_INFO_LEVELS { FindExInfoStandard, FindExInfoBasic, FindExInfoMaxInfoLevel } FINDEX_INFO_LEVELS;
typedef enum _FINDEX_SEARCH_OPS {
    FindExSearchNameMatch,
    FindExSearchLimitToDirectories,
    FindExSearchLimitToDevices,
    FindExSearchMaxSearchOp
} FINDEX_SEARCH_OPS;
#define FIND_FIRST_EX_CASE_SENSITIVE 0x1
#define FIND_FIRST_EX_LARGE_FETCH 0x2

/* Whether such a search is one that FindFirstFile does. To look for folders only is a hint, also on Windows. */
static __inline BOOL ws2_can_find(FINDEX_INFO_LEVELS level, FINDEX_SEARCH_OPS kind, LPVOID filter, DWORD flags)
{
    if (level >= FindExInfoMaxInfoLevel || filter != NULL ||
        (flags & ~(DWORD)(FIND_FIRST_EX_CASE_SENSITIVE | FIND_FIRST_EX_LARGE_FETCH)) != 0)
        SetLastError(87);
    else if (kind == FindExSearchLimitToDevices)
        SetLastError(50);
    else if (kind > FindExSearchLimitToDevices)
        SetLastError(87);
    else
        return TRUE;
    return FALSE;
}

static __inline HANDLE FindFirstFileExA(LPCSTR lpFileName, FINDEX_INFO_LEVELS fInfoLevelId, LPVOID lpFindFileData,
                                        FINDEX_SEARCH_OPS fSearchOp, LPVOID lpSearchFilter, DWORD dwAdditionalFlags)
{
    return ws2_can_find(fInfoLevelId, fSearchOp, lpSearchFilter, dwAdditionalFlags)
               ? FindFirstFileA(lpFileName, (LPWIN32_FIND_DATAA)lpFindFileData)
               : (HANDLE)(LONG_PTR)-1;
}

static __inline HANDLE FindFirstFileExW(LPCWSTR lpFileName, FINDEX_INFO_LEVELS fInfoLevelId, LPVOID lpFindFileData,
                                        FINDEX_SEARCH_OPS fSearchOp, LPVOID lpSearchFilter, DWORD dwAdditionalFlags)
{
    return ws2_can_find(fInfoLevelId, fSearchOp, lpSearchFilter, dwAdditionalFlags)
               ? FindFirstFileW(lpFileName, (LPWIN32_FIND_DATAW)lpFindFileData)
               : (HANDLE)(LONG_PTR)-1;
}
BOOL WINAPI FindNextFileA(HANDLE hFindFile, LPWIN32_FIND_DATAA lpFindFileData) WS2_SYMBOL(FindNextFileA);
BOOL WINAPI FindNextFileW(HANDLE hFindFile, LPWIN32_FIND_DATAW lpFindFileData) WS2_SYMBOL_W(FindNextFileW);
BOOL WINAPI FindClose(HANDLE hFindFile) WS2_SYMBOL(FindClose);
DWORD WINAPI GetFullPathNameA(LPCSTR lpFileName, DWORD nBufferLength, LPSTR lpBuffer, LPSTR *lpFilePart)
    WS2_SYMBOL(GetFullPathNameA);
DWORD WINAPI GetFullPathNameW(LPCWSTR lpFileName, DWORD nBufferLength, LPWSTR lpBuffer, LPWSTR *lpFilePart)
    WS2_SYMBOL_W(GetFullPathNameW);
DWORD WINAPI SearchPathA(LPCSTR lpPath, LPCSTR lpFileName, LPCSTR lpExtension, DWORD nBufferLength, LPSTR lpBuffer,
    LPSTR *lpFilePart) WS2_SYMBOL(SearchPathA);
DWORD WINAPI SearchPathW(LPCWSTR lpPath, LPCWSTR lpFileName, LPCWSTR lpExtension, DWORD nBufferLength, LPWSTR lpBuffer,
    LPWSTR *lpFilePart) WS2_SYMBOL_W(SearchPathW);
DWORD WINAPI GetTempPathA(DWORD nBufferLength, LPSTR lpBuffer) WS2_SYMBOL(GetTempPathA);
DWORD WINAPI GetTempPathW(DWORD nBufferLength, LPWSTR lpBuffer) WS2_SYMBOL_W(GetTempPathW);
UINT WINAPI GetTempFileNameA(LPCSTR lpPathName, LPCSTR lpPrefixString, UINT uUnique, LPSTR lpTempFileName)
    WS2_SYMBOL(GetTempFileNameA);
UINT WINAPI GetTempFileNameW(LPCWSTR lpPathName, LPCWSTR lpPrefixString, UINT uUnique, LPWSTR lpTempFileName)
    WS2_SYMBOL_W(GetTempFileNameW);
UINT WINAPI GetSystemDirectoryA(LPSTR lpBuffer, UINT uSize) WS2_SYMBOL(GetSystemDirectoryA);
UINT WINAPI GetSystemDirectoryW(LPWSTR lpBuffer, UINT uSize) WS2_SYMBOL_W(GetSystemDirectoryW);
UINT WINAPI GetWindowsDirectoryA(LPSTR lpBuffer, UINT uSize) WS2_SYMBOL(GetWindowsDirectoryA);
UINT WINAPI GetWindowsDirectoryW(LPWSTR lpBuffer, UINT uSize) WS2_SYMBOL_W(GetWindowsDirectoryW);
DWORD WINAPI GetCurrentDirectoryA(DWORD nBufferLength, LPSTR lpBuffer) WS2_SYMBOL(GetCurrentDirectoryA);
DWORD WINAPI GetCurrentDirectoryW(DWORD nBufferLength, LPWSTR lpBuffer) WS2_SYMBOL_W(GetCurrentDirectoryW);
BOOL WINAPI SetCurrentDirectoryA(LPCSTR lpPathName) WS2_SYMBOL(SetCurrentDirectoryA);
BOOL WINAPI SetCurrentDirectoryW(LPCWSTR lpPathName) WS2_SYMBOL_W(SetCurrentDirectoryW);
BOOL WINAPI CreatePipe(PHANDLE hReadPipe, PHANDLE hWritePipe, LPSECURITY_ATTRIBUTES lpPipeAttributes, DWORD nSize)
    WS2_SYMBOL(CreatePipe);
BOOL WINAPI PeekNamedPipe(HANDLE hNamedPipe, LPVOID lpBuffer, DWORD nBufferSize, LPDWORD lpBytesRead,
                          LPDWORD lpTotalBytesAvail, LPDWORD lpBytesLeftThisMessage) WS2_SYMBOL(PeekNamedPipe);
HANDLE WINAPI CreateMailslotA(LPCSTR lpName, DWORD nMaxMessageSize, DWORD lReadTimeout,
                              LPSECURITY_ATTRIBUTES lpSecurityAttributes) WS2_SYMBOL(CreateMailslotA);
HANDLE WINAPI CreateMailslotW(LPCWSTR lpName, DWORD nMaxMessageSize, DWORD lReadTimeout,
                              LPSECURITY_ATTRIBUTES lpSecurityAttributes) WS2_SYMBOL_W(CreateMailslotW);
BOOL WINAPI GetMailslotInfo(HANDLE hMailslot, LPDWORD lpMaxMessageSize, LPDWORD lpNextSize, LPDWORD lpMessageCount,
                            LPDWORD lpReadTimeout) WS2_SYMBOL(GetMailslotInfo);
BOOL WINAPI SetMailslotInfo(HANDLE hMailslot, DWORD lReadTimeout) WS2_SYMBOL(SetMailslotInfo);
WS2_END_C

#define GetSystemWindowsDirectoryA GetWindowsDirectoryA
#define GetSystemWindowsDirectoryW GetWindowsDirectoryW
#define GetSystemWindowsDirectory GetWindowsDirectory
#ifdef UNICODE
#define CreateFile CreateFileW
#define DeleteFile DeleteFileW
#define MoveFile MoveFileW
#define MoveFileEx MoveFileExW
#define CopyFile CopyFileW
#define CreateDirectory CreateDirectoryW
#define RemoveDirectory RemoveDirectoryW
#define GetDiskFreeSpaceEx GetDiskFreeSpaceExW
#define GetFileAttributes GetFileAttributesW
#define SetFileAttributes SetFileAttributesW
#define GetFileAttributesEx GetFileAttributesExW
#define FindFirstFile FindFirstFileW
#define FindFirstFileEx FindFirstFileExW
#define FindNextFile FindNextFileW
#define GetFullPathName GetFullPathNameW
#define SearchPath SearchPathW
#define GetTempPath GetTempPathW
#define GetTempFileName GetTempFileNameW
#define GetSystemDirectory GetSystemDirectoryW
#define GetWindowsDirectory GetWindowsDirectoryW
#define CreateMailslot CreateMailslotW
#define GetCurrentDirectory GetCurrentDirectoryW
#define SetCurrentDirectory SetCurrentDirectoryW
#else
#define CreateFile CreateFileA
#define DeleteFile DeleteFileA
#define MoveFile MoveFileA
#define MoveFileEx MoveFileExA
#define CopyFile CopyFileA
#define CreateDirectory CreateDirectoryA
#define RemoveDirectory RemoveDirectoryA
#define GetDiskFreeSpaceEx GetDiskFreeSpaceExA
#define GetFileAttributes GetFileAttributesA
#define SetFileAttributes SetFileAttributesA
#define GetFileAttributesEx GetFileAttributesExA
#define FindFirstFile FindFirstFileA
#define FindFirstFileEx FindFirstFileExA
#define FindNextFile FindNextFileA
#define GetFullPathName GetFullPathNameA
#define SearchPath SearchPathA
#define GetTempPath GetTempPathA
#define GetTempFileName GetTempFileNameA
#define GetSystemDirectory GetSystemDirectoryA
#define GetWindowsDirectory GetWindowsDirectoryA
#define CreateMailslot CreateMailslotA
#define GetCurrentDirectory GetCurrentDirectoryA
#define SetCurrentDirectory SetCurrentDirectoryA
#endif

#endif
