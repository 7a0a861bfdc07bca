/* Macros over windows.h, as far as they make sense without windows. */
#ifndef _INC_WINDOWSX
#define _INC_WINDOWSX
#pragma GCC system_header

#include <windows.h>

#define GlobalPtrHandle(pointer) ((HGLOBAL)GlobalHandle(pointer))
#define GlobalLockPtr(pointer) ((BOOL)(GlobalLock(GlobalPtrHandle(pointer)) != NULL))
#define GlobalUnlockPtr(pointer) GlobalUnlock(GlobalPtrHandle(pointer))
#define GlobalAllocPtr(flags, bytes) (GlobalLock(GlobalAlloc((flags), (bytes))))
#define GlobalReAllocPtr(pointer, bytes, flags) (GlobalLock(GlobalReAlloc(GlobalPtrHandle(pointer), (bytes), (flags))))
#define GlobalFreePtr(pointer) ((BOOL)(UINT_PTR)GlobalFree(GlobalPtrHandle(pointer)))
#define GET_X_LPARAM(lp) ((int)(short)LOWORD(lp))
#define GET_Y_LPARAM(lp) ((int)(short)HIWORD(lp))

#endif
