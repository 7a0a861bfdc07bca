/* Echo requests: calls. */
#ifndef _ICMP_INCLUDED_
#define _ICMP_INCLUDED_
#pragma GCC system_header

#include <ipexport.h>

WS2_BEGIN_C
HANDLE WINAPI IcmpCreateFile(void) WS2_SYMBOL(IcmpCreateFile);
BOOL WINAPI IcmpCloseHandle(HANDLE IcmpHandle) WS2_SYMBOL(IcmpCloseHandle);
DWORD WINAPI IcmpSendEcho(HANDLE IcmpHandle, IPAddr DestinationAddress, LPVOID RequestData, WORD RequestSize,
    PIP_OPTION_INFORMATION RequestOptions, LPVOID ReplyBuffer, DWORD ReplySize, DWORD Timeout)
    WS2_SYMBOL(IcmpSendEcho);
DWORD WINAPI IcmpSendEcho2(HANDLE IcmpHandle, HANDLE Event, PVOID ApcRoutine, PVOID ApcContext,
    IPAddr DestinationAddress, LPVOID RequestData, WORD RequestSize, PIP_OPTION_INFORMATION RequestOptions,
    LPVOID ReplyBuffer, DWORD ReplySize, DWORD Timeout) WS2_SYMBOL(IcmpSendEcho2);
WS2_END_C

#endif
