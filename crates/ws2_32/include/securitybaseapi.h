/* Security descriptors as the plain structures that they are. What is made with one is this user's all the same: lists of
   access are not provided, so a descriptor can only open an object to everybody. */
#ifndef _APISETSECBASE_
#define _APISETSECBASE_
#pragma GCC system_header

#include <string.h>
#include <windows.h>

WS2_INLINE BOOL InitializeSecurityDescriptor(PSECURITY_DESCRIPTOR pSecurityDescriptor, DWORD dwRevision)
{
    if (dwRevision != SECURITY_DESCRIPTOR_REVISION) {
        SetLastError(ERROR_UNKNOWN_REVISION);
        return FALSE;
    }
    memset(pSecurityDescriptor, 0, sizeof(SECURITY_DESCRIPTOR));
    ((SECURITY_DESCRIPTOR *)pSecurityDescriptor)->Revision = SECURITY_DESCRIPTOR_REVISION;
    return TRUE;
}

WS2_INLINE BOOL SetSecurityDescriptorDacl(PSECURITY_DESCRIPTOR pSecurityDescriptor, BOOL bDaclPresent, PACL pDacl,
    BOOL bDaclDefaulted)
{
    SECURITY_DESCRIPTOR *descriptor = (SECURITY_DESCRIPTOR *)pSecurityDescriptor;
    if (descriptor->Revision != SECURITY_DESCRIPTOR_REVISION || (descriptor->Control & SE_SELF_RELATIVE) != 0) {
        SetLastError(
            descriptor->Revision != SECURITY_DESCRIPTOR_REVISION ? ERROR_UNKNOWN_REVISION : ERROR_INVALID_SECURITY_DESCR);
        return FALSE;
    }
    descriptor->Control = (WORD)(descriptor->Control & ~(SE_DACL_PRESENT | SE_DACL_DEFAULTED));
    if (bDaclPresent) {
        descriptor->Dacl = pDacl;
        descriptor->Control = (WORD)(descriptor->Control | SE_DACL_PRESENT | (bDaclDefaulted ? SE_DACL_DEFAULTED : 0));
    }
    return TRUE;
}

WS2_INLINE BOOL IsValidSecurityDescriptor(PSECURITY_DESCRIPTOR pSecurityDescriptor)
{
    const SECURITY_DESCRIPTOR *descriptor = (const SECURITY_DESCRIPTOR *)pSecurityDescriptor;
    return descriptor != NULL && descriptor->Revision == SECURITY_DESCRIPTOR_REVISION;
}

#endif
