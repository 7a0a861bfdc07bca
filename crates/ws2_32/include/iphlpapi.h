/* The computer in its networks. */
#ifndef __IPHLPAPI_H__
#define __IPHLPAPI_H__
#pragma GCC system_header

#include <ipexport.h>
#include <iprtrmib.h>
#include <iptypes.h>
#include <netioapi.h>

WS2_BEGIN_C
ULONG WINAPI GetAdaptersAddresses(ULONG Family, ULONG Flags, PVOID Reserved,
    PIP_ADAPTER_ADDRESSES AdapterAddresses, PULONG SizePointer) WS2_SYMBOL_W(GetAdaptersAddresses);
ULONG WINAPI GetAdaptersInfo(PIP_ADAPTER_INFO AdapterInfo, PULONG SizePointer) WS2_SYMBOL(GetAdaptersInfo);
DWORD WINAPI GetNetworkParams(PFIXED_INFO pFixedInfo, PULONG pOutBufLen) WS2_SYMBOL(GetNetworkParams);
DWORD WINAPI GetIpAddrTable(PMIB_IPADDRTABLE pIpAddrTable, PULONG pdwSize, BOOL bOrder) WS2_SYMBOL(GetIpAddrTable);
DWORD WINAPI NotifyAddrChange(PHANDLE Handle, LPOVERLAPPED overlapped) WS2_SYMBOL(NotifyAddrChange);
DWORD WINAPI NotifyRouteChange(PHANDLE Handle, LPOVERLAPPED overlapped) WS2_SYMBOL(NotifyRouteChange);
BOOL WINAPI CancelIPChangeNotify(LPOVERLAPPED notifyOverlapped) WS2_SYMBOL(CancelIPChangeNotify);
DWORD WINAPI GetIfTable(PMIB_IFTABLE pIfTable, PULONG pdwSize, BOOL bOrder) WS2_SYMBOL_W(GetIfTable);
DWORD WINAPI GetIfEntry(PMIB_IFROW pIfRow) WS2_SYMBOL_W(GetIfEntry);
DWORD WINAPI GetNumberOfInterfaces(PDWORD pdwNumIf) WS2_SYMBOL(GetNumberOfInterfaces);
DWORD WINAPI GetBestInterface(IPAddr dwDestAddr, PDWORD pdwBestIfIndex) WS2_SYMBOL(GetBestInterface);
DWORD WINAPI GetBestInterfaceEx(struct sockaddr *pDestAddr, PDWORD pdwBestIfIndex) WS2_SYMBOL(GetBestInterfaceEx);
DWORD WINAPI GetIpForwardTable(PMIB_IPFORWARDTABLE pIpForwardTable, PULONG pdwSize, BOOL bOrder)
    WS2_SYMBOL(GetIpForwardTable);
DWORD WINAPI GetIpNetTable(PMIB_IPNETTABLE IpNetTable, PULONG SizePointer, BOOL Order) WS2_SYMBOL(GetIpNetTable);
ULONG WINAPI GetTcpTable(PMIB_TCPTABLE TcpTable, PULONG SizePointer, BOOL Order) WS2_SYMBOL(GetTcpTable);
ULONG WINAPI GetUdpTable(PMIB_UDPTABLE UdpTable, PULONG SizePointer, BOOL Order) WS2_SYMBOL(GetUdpTable);
DWORD WINAPI GetExtendedTcpTable(PVOID pTcpTable, PDWORD pdwSize, BOOL bOrder, ULONG ulAf,
    TCP_TABLE_CLASS TableClass, ULONG Reserved) WS2_SYMBOL(GetExtendedTcpTable);
DWORD WINAPI GetExtendedUdpTable(PVOID pUdpTable, PDWORD pdwSize, BOOL bOrder, ULONG ulAf,
    UDP_TABLE_CLASS TableClass, ULONG Reserved) WS2_SYMBOL(GetExtendedUdpTable);
ULONG WINAPI GetIpStatistics(PMIB_IPSTATS Statistics) WS2_SYMBOL(GetIpStatistics);
ULONG WINAPI GetTcpStatistics(PMIB_TCPSTATS Statistics) WS2_SYMBOL(GetTcpStatistics);
ULONG WINAPI GetUdpStatistics(PMIB_UDPSTATS Statistics) WS2_SYMBOL(GetUdpStatistics);
ULONG WINAPI GetIcmpStatistics(PMIB_ICMP Statistics) WS2_SYMBOL(GetIcmpStatistics);

/* What changes the system's tables takes the right to administer the network. */
DWORD WINAPI CreateIpForwardEntry(PMIB_IPFORWARDROW pRoute) WS2_SYMBOL(CreateIpForwardEntry);
DWORD WINAPI SetIpForwardEntry(PMIB_IPFORWARDROW pRoute) WS2_SYMBOL(SetIpForwardEntry);
DWORD WINAPI DeleteIpForwardEntry(PMIB_IPFORWARDROW pRoute) WS2_SYMBOL(DeleteIpForwardEntry);
DWORD WINAPI CreateIpNetEntry(PMIB_IPNETROW pArpEntry) WS2_SYMBOL(CreateIpNetEntry);
DWORD WINAPI SetIpNetEntry(PMIB_IPNETROW pArpEntry) WS2_SYMBOL(SetIpNetEntry);
DWORD WINAPI DeleteIpNetEntry(PMIB_IPNETROW pArpEntry) WS2_SYMBOL(DeleteIpNetEntry);
DWORD WINAPI SendARP(IPAddr DestIP, IPAddr SrcIP, PVOID pMacAddr, PULONG PhyAddrLen) WS2_SYMBOL(SendARP);
DWORD WINAPI AddIPAddress(IPAddr Address, IPMask IpMask, DWORD IfIndex, PULONG NTEContext, PULONG NTEInstance)
    WS2_SYMBOL(AddIPAddress);
DWORD WINAPI DeleteIPAddress(ULONG NTEContext) WS2_SYMBOL(DeleteIPAddress);
/* Declared and not there. */
DWORD WINAPI SetTcpEntry(PMIB_TCPROW pTcpRow) WS2_SYMBOL(SetTcpEntry);
WS2_END_C

#endif
