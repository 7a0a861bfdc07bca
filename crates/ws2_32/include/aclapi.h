/* Lists of access: there are none, as on a file system without security, and each function says ERROR_NOT_SUPPORTED. */
#ifndef __ACCESS_CONTROL_API__
#define __ACCESS_CONTROL_API__
#pragma GCC system_header

#include <accctrl.h>
#include <windows.h>

WS2_INLINE DWORD GetSecurityInfo(HANDLE handle, SE_OBJECT_TYPE ObjectType, SECURITY_INFORMATION SecurityInfo,
    PSID *ppsidOwner, PSID *ppsidGroup, PACL *ppDacl, PACL *ppSacl, PSECURITY_DESCRIPTOR *ppSecurityDescriptor)
{
    (void)handle, (void)ObjectType, (void)SecurityInfo, (void)ppsidOwner, (void)ppsidGroup, (void)ppDacl, (void)ppSacl;
    (void)ppSecurityDescriptor;
    return ERROR_NOT_SUPPORTED;
}

WS2_INLINE DWORD SetSecurityInfo(HANDLE handle, SE_OBJECT_TYPE ObjectType, SECURITY_INFORMATION SecurityInfo,
    PSID psidOwner, PSID psidGroup, PACL pDacl, PACL pSacl)
{
    (void)handle, (void)ObjectType, (void)SecurityInfo, (void)psidOwner, (void)psidGroup, (void)pDacl, (void)pSacl;
    return ERROR_NOT_SUPPORTED;
}

#define WS2_ACCESS_FUNCTIONS(suffix, STRING)                                                                              \
    WS2_INLINE DWORD GetNamedSecurityInfo##suffix(STRING pObjectName, SE_OBJECT_TYPE ObjectType,                          \
        SECURITY_INFORMATION SecurityInfo, PSID *ppsidOwner, PSID *ppsidGroup, PACL *ppDacl, PACL *ppSacl,                \
        PSECURITY_DESCRIPTOR *ppSecurityDescriptor)                                                                       \
    {                                                                                                                     \
        (void)pObjectName, (void)ObjectType, (void)SecurityInfo, (void)ppsidOwner, (void)ppsidGroup, (void)ppDacl;        \
        (void)ppSacl, (void)ppSecurityDescriptor;                                                                         \
        return ERROR_NOT_SUPPORTED;                                                                                       \
    }                                                                                                                     \
    WS2_INLINE DWORD SetNamedSecurityInfo##suffix(STRING pObjectName, SE_OBJECT_TYPE ObjectType,                          \
        SECURITY_INFORMATION SecurityInfo, PSID psidOwner, PSID psidGroup, PACL pDacl, PACL pSacl)                        \
    {                                                                                                                     \
        (void)pObjectName, (void)ObjectType, (void)SecurityInfo, (void)psidOwner, (void)psidGroup, (void)pDacl;           \
        (void)pSacl;                                                                                                      \
        return ERROR_NOT_SUPPORTED;                                                                                       \
    }                                                                                                                     \
    WS2_INLINE DWORD SetEntriesInAcl##suffix(ULONG cCountOfExplicitEntries, PEXPLICIT_ACCESS_##suffix list, PACL OldAcl,  \
        PACL *NewAcl)                                                                                                     \
    {                                                                                                                     \
        (void)cCountOfExplicitEntries, (void)list, (void)OldAcl, (void)NewAcl;                                            \
        return ERROR_NOT_SUPPORTED;                                                                                       \
    }                                                                                                                     \
    WS2_INLINE DWORD GetEffectiveRightsFromAcl##suffix(PACL pacl, PTRUSTEE_##suffix pTrustee, PACCESS_MASK pAccessRights) \
    {                                                                                                                     \
        (void)pacl, (void)pTrustee, (void)pAccessRights;                                                                  \
        return ERROR_NOT_SUPPORTED;                                                                                       \
    }
WS2_ACCESS_FUNCTIONS(A, LPSTR)
WS2_ACCESS_FUNCTIONS(W, LPWSTR)
#undef WS2_ACCESS_FUNCTIONS

#ifdef UNICODE
#define GetNamedSecurityInfo GetNamedSecurityInfoW
#define SetNamedSecurityInfo SetNamedSecurityInfoW
#define SetEntriesInAcl SetEntriesInAclW
#define GetEffectiveRightsFromAcl GetEffectiveRightsFromAclW
#else
#define GetNamedSecurityInfo GetNamedSecurityInfoA
#define SetNamedSecurityInfo SetNamedSecurityInfoA
#define SetEntriesInAcl SetEntriesInAclA
#define GetEffectiveRightsFromAcl GetEffectiveRightsFromAclA
#endif

#endif
