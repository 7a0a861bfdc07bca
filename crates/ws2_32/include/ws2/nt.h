/* What functions of ntdll and of the newer libraries answer with. */
#ifndef WS2_NT_H
#define WS2_NT_H
#pragma GCC system_header

#include <windef.h>

#ifndef WS2_NTSTATUS
#define WS2_NTSTATUS
typedef LONG NTSTATUS;
#endif
#ifndef NT_SUCCESS
#define NT_SUCCESS(status) ((NTSTATUS)(status) >= 0)
#endif
#ifndef STATUS_SUCCESS
#define STATUS_SUCCESS ((NTSTATUS)0x00000000)
#endif
#ifndef STATUS_INVALID_PARAMETER
#define STATUS_INVALID_PARAMETER ((NTSTATUS)0xc000000d)
#endif

#endif
