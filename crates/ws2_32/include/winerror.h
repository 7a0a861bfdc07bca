/* The Win32 errors, beside the Winsock codes. */
#ifndef _WINERROR_
#define _WINERROR_
#pragma GCC system_header

#include <ws2/base.h>
#include <ws2/errors.h>
#include <ws2/system_errors.h>

#define NO_ERROR 0
#define NOERROR 0
#define WAIT_TIMEOUT 258

#define SEVERITY_SUCCESS 0
#define SEVERITY_ERROR 1
#define FACILITY_WIN32 7
#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_FAIL ((HRESULT)0x80004005)
#define E_INVALIDARG ((HRESULT)0x80070057)
#define E_UNEXPECTED ((HRESULT)0x8000ffff)
#define E_NOTIMPL ((HRESULT)0x80004001)
#define E_NOINTERFACE ((HRESULT)0x80004002)
#define E_POINTER ((HRESULT)0x80004003)
#define E_HANDLE ((HRESULT)0x80070006)
#define E_ABORT ((HRESULT)0x80004004)
#define E_ACCESSDENIED ((HRESULT)0x80070005)
#define E_OUTOFMEMORY ((HRESULT)0x8007000e)
/* What cryptography fails with, in the last error. */
#define NTE_BAD_UID ((HRESULT)0x80090001)
#define NTE_BAD_FLAGS ((HRESULT)0x80090009)
#define NTE_EXISTS ((HRESULT)0x8009000f)
#define NTE_BAD_PROV_TYPE ((HRESULT)0x80090014)
#define NTE_BAD_KEYSET ((HRESULT)0x80090016)
#define NTE_PROV_TYPE_NOT_DEF ((HRESULT)0x80090017)
#define FACILITY_NULL 0
#define FACILITY_ITF 4
#define IS_ERROR(status) ((ULONG)(status) >> 31 == SEVERITY_ERROR)
#define MAKE_HRESULT(severity, facility, code) \
    ((HRESULT)(((ULONG)(severity) << 31) | ((ULONG)(facility) << 16) | ((ULONG)(code))))
#define HRESULT_SEVERITY(hr) (((hr) >> 31) & 0x1)
#define SUCCEEDED(hr) ((HRESULT)(hr) >= 0)
#define FAILED(hr) ((HRESULT)(hr) < 0)
#define HRESULT_CODE(hr) ((hr) & 0xffff)
#define HRESULT_FACILITY(hr) (((hr) >> 16) & 0x1fff)
#define HRESULT_FROM_WIN32(x) \
    ((HRESULT)(x) <= 0 ? (HRESULT)(x) : (HRESULT)(((x) & 0x0000ffff) | (FACILITY_WIN32 << 16) | 0x80000000))

#endif
