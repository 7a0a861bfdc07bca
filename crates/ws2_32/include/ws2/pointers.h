/* Types of pointers to Winsock's functions, for programs that define INCL_WINSOCK_API_TYPEDEFS as 1. Two functions have
   overloads in C++ and are written out. */
#ifndef WS2_POINTERS_H
#define WS2_POINTERS_H
#pragma GCC system_header

typedef __typeof__(accept) *LPFN_ACCEPT;
typedef int(WSAAPI *LPFN_BIND)(SOCKET s, const struct sockaddr *name, int namelen);
typedef __typeof__(closesocket) *LPFN_CLOSESOCKET;
typedef __typeof__(connect) *LPFN_CONNECT;
typedef __typeof__(gethostbyaddr) *LPFN_GETHOSTBYADDR;
typedef __typeof__(gethostbyname) *LPFN_GETHOSTBYNAME;
typedef __typeof__(gethostname) *LPFN_GETHOSTNAME;
typedef __typeof__(getpeername) *LPFN_GETPEERNAME;
typedef __typeof__(getprotobyname) *LPFN_GETPROTOBYNAME;
typedef __typeof__(getprotobynumber) *LPFN_GETPROTOBYNUMBER;
typedef __typeof__(getservbyname) *LPFN_GETSERVBYNAME;
typedef __typeof__(getservbyport) *LPFN_GETSERVBYPORT;
typedef __typeof__(getsockname) *LPFN_GETSOCKNAME;
typedef __typeof__(getsockopt) *LPFN_GETSOCKOPT;
typedef __typeof__(htonl) *LPFN_HTONL;
typedef __typeof__(htons) *LPFN_HTONS;
typedef __typeof__(inet_addr) *LPFN_INET_ADDR;
typedef __typeof__(inet_ntoa) *LPFN_INET_NTOA;
typedef int(WSAAPI *LPFN_IOCTLSOCKET)(SOCKET s, int cmd, u_long *argp);
typedef __typeof__(listen) *LPFN_LISTEN;
typedef __typeof__(ntohl) *LPFN_NTOHL;
typedef __typeof__(ntohs) *LPFN_NTOHS;
typedef __typeof__(recv) *LPFN_RECV;
typedef __typeof__(recvfrom) *LPFN_RECVFROM;
typedef __typeof__(select) *LPFN_SELECT;
typedef __typeof__(send) *LPFN_SEND;
typedef __typeof__(sendto) *LPFN_SENDTO;
typedef __typeof__(setsockopt) *LPFN_SETSOCKOPT;
typedef __typeof__(shutdown) *LPFN_SHUTDOWN;
typedef __typeof__(socket) *LPFN_SOCKET;
typedef __typeof__(WSAAccept) *LPFN_WSAACCEPT;
typedef __typeof__(WSAAddressToStringA) *LPFN_WSAADDRESSTOSTRINGA;
typedef __typeof__(WSAAddressToStringW) *LPFN_WSAADDRESSTOSTRINGW;
typedef __typeof__(WSAAsyncGetHostByAddr) *LPFN_WSAASYNCGETHOSTBYADDR;
typedef __typeof__(WSAAsyncGetHostByName) *LPFN_WSAASYNCGETHOSTBYNAME;
typedef __typeof__(WSAAsyncGetProtoByName) *LPFN_WSAASYNCGETPROTOBYNAME;
typedef __typeof__(WSAAsyncGetProtoByNumber) *LPFN_WSAASYNCGETPROTOBYNUMBER;
typedef __typeof__(WSAAsyncGetServByName) *LPFN_WSAASYNCGETSERVBYNAME;
typedef __typeof__(WSAAsyncGetServByPort) *LPFN_WSAASYNCGETSERVBYPORT;
typedef __typeof__(WSAAsyncSelect) *LPFN_WSAASYNCSELECT;
typedef __typeof__(WSACancelAsyncRequest) *LPFN_WSACANCELASYNCREQUEST;
typedef __typeof__(WSACancelBlockingCall) *LPFN_WSACANCELBLOCKINGCALL;
typedef __typeof__(WSACleanup) *LPFN_WSACLEANUP;
typedef __typeof__(WSACloseEvent) *LPFN_WSACLOSEEVENT;
typedef __typeof__(WSAConnect) *LPFN_WSACONNECT;
typedef __typeof__(WSACreateEvent) *LPFN_WSACREATEEVENT;
typedef __typeof__(WSADuplicateSocketA) *LPFN_WSADUPLICATESOCKETA;
typedef __typeof__(WSADuplicateSocketW) *LPFN_WSADUPLICATESOCKETW;
typedef __typeof__(WSAEnumNameSpaceProvidersA) *LPFN_WSAENUMNAMESPACEPROVIDERSA;
typedef __typeof__(WSAEnumNameSpaceProvidersW) *LPFN_WSAENUMNAMESPACEPROVIDERSW;
typedef __typeof__(WSAEnumNetworkEvents) *LPFN_WSAENUMNETWORKEVENTS;
typedef __typeof__(WSAEnumProtocolsA) *LPFN_WSAENUMPROTOCOLSA;
typedef __typeof__(WSAEnumProtocolsW) *LPFN_WSAENUMPROTOCOLSW;
typedef __typeof__(WSAEventSelect) *LPFN_WSAEVENTSELECT;
typedef __typeof__(WSAGetLastError) *LPFN_WSAGETLASTERROR;
typedef __typeof__(WSAGetOverlappedResult) *LPFN_WSAGETOVERLAPPEDRESULT;
typedef __typeof__(WSAGetQOSByName) *LPFN_WSAGETQOSBYNAME;
typedef __typeof__(WSAGetServiceClassInfoA) *LPFN_WSAGETSERVICECLASSINFOA;
typedef __typeof__(WSAGetServiceClassInfoW) *LPFN_WSAGETSERVICECLASSINFOW;
typedef __typeof__(WSAGetServiceClassNameByClassIdA) *LPFN_WSAGETSERVICECLASSNAMEBYCLASSIDA;
typedef __typeof__(WSAGetServiceClassNameByClassIdW) *LPFN_WSAGETSERVICECLASSNAMEBYCLASSIDW;
typedef __typeof__(WSAHtonl) *LPFN_WSAHTONL;
typedef __typeof__(WSAHtons) *LPFN_WSAHTONS;
typedef __typeof__(WSAInstallServiceClassA) *LPFN_WSAINSTALLSERVICECLASSA;
typedef __typeof__(WSAInstallServiceClassW) *LPFN_WSAINSTALLSERVICECLASSW;
typedef __typeof__(WSAIoctl) *LPFN_WSAIOCTL;
typedef __typeof__(WSAIsBlocking) *LPFN_WSAISBLOCKING;
typedef __typeof__(WSAJoinLeaf) *LPFN_WSAJOINLEAF;
typedef __typeof__(WSALookupServiceBeginA) *LPFN_WSALOOKUPSERVICEBEGINA;
typedef __typeof__(WSALookupServiceBeginW) *LPFN_WSALOOKUPSERVICEBEGINW;
typedef __typeof__(WSALookupServiceEnd) *LPFN_WSALOOKUPSERVICEEND;
typedef __typeof__(WSALookupServiceNextA) *LPFN_WSALOOKUPSERVICENEXTA;
typedef __typeof__(WSALookupServiceNextW) *LPFN_WSALOOKUPSERVICENEXTW;
typedef __typeof__(WSANSPIoctl) *LPFN_WSANSPIOCTL;
typedef __typeof__(WSANtohl) *LPFN_WSANTOHL;
typedef __typeof__(WSANtohs) *LPFN_WSANTOHS;
typedef __typeof__(WSAProviderConfigChange) *LPFN_WSAPROVIDERCONFIGCHANGE;
typedef __typeof__(WSARecv) *LPFN_WSARECV;
typedef __typeof__(WSARecvDisconnect) *LPFN_WSARECVDISCONNECT;
typedef __typeof__(WSARecvFrom) *LPFN_WSARECVFROM;
typedef __typeof__(WSARemoveServiceClass) *LPFN_WSAREMOVESERVICECLASS;
typedef __typeof__(WSAResetEvent) *LPFN_WSARESETEVENT;
typedef __typeof__(WSASend) *LPFN_WSASEND;
typedef __typeof__(WSASendDisconnect) *LPFN_WSASENDDISCONNECT;
typedef __typeof__(WSASendTo) *LPFN_WSASENDTO;
typedef __typeof__(WSASetBlockingHook) *LPFN_WSASETBLOCKINGHOOK;
typedef __typeof__(WSASetEvent) *LPFN_WSASETEVENT;
typedef __typeof__(WSASetLastError) *LPFN_WSASETLASTERROR;
typedef __typeof__(WSASetServiceA) *LPFN_WSASETSERVICEA;
typedef __typeof__(WSASetServiceW) *LPFN_WSASETSERVICEW;
typedef __typeof__(WSASocketA) *LPFN_WSASOCKETA;
typedef __typeof__(WSASocketW) *LPFN_WSASOCKETW;
typedef __typeof__(WSAStartup) *LPFN_WSASTARTUP;
typedef __typeof__(WSAStringToAddressA) *LPFN_WSASTRINGTOADDRESSA;
typedef __typeof__(WSAStringToAddressW) *LPFN_WSASTRINGTOADDRESSW;
typedef __typeof__(WSAUnhookBlockingHook) *LPFN_WSAUNHOOKBLOCKINGHOOK;
typedef __typeof__(WSAWaitForMultipleEvents) *LPFN_WSAWAITFORMULTIPLEEVENTS;

#ifdef UNICODE
#define LPFN_WSAADDRESSTOSTRING LPFN_WSAADDRESSTOSTRINGW
#define LPFN_WSADUPLICATESOCKET LPFN_WSADUPLICATESOCKETW
#define LPFN_WSAENUMNAMESPACEPROVIDERS LPFN_WSAENUMNAMESPACEPROVIDERSW
#define LPFN_WSAENUMPROTOCOLS LPFN_WSAENUMPROTOCOLSW
#define LPFN_WSAGETSERVICECLASSINFO LPFN_WSAGETSERVICECLASSINFOW
#define LPFN_WSAGETSERVICECLASSNAMEBYCLASSID LPFN_WSAGETSERVICECLASSNAMEBYCLASSIDW
#define LPFN_WSAINSTALLSERVICECLASS LPFN_WSAINSTALLSERVICECLASSW
#define LPFN_WSALOOKUPSERVICEBEGIN LPFN_WSALOOKUPSERVICEBEGINW
#define LPFN_WSALOOKUPSERVICENEXT LPFN_WSALOOKUPSERVICENEXTW
#define LPFN_WSASETSERVICE LPFN_WSASETSERVICEW
#define LPFN_WSASOCKET LPFN_WSASOCKETW
#define LPFN_WSASTRINGTOADDRESS LPFN_WSASTRINGTOADDRESSW
#else
#define LPFN_WSAADDRESSTOSTRING LPFN_WSAADDRESSTOSTRINGA
#define LPFN_WSADUPLICATESOCKET LPFN_WSADUPLICATESOCKETA
#define LPFN_WSAENUMNAMESPACEPROVIDERS LPFN_WSAENUMNAMESPACEPROVIDERSA
#define LPFN_WSAENUMPROTOCOLS LPFN_WSAENUMPROTOCOLSA
#define LPFN_WSAGETSERVICECLASSINFO LPFN_WSAGETSERVICECLASSINFOA
#define LPFN_WSAGETSERVICECLASSNAMEBYCLASSID LPFN_WSAGETSERVICECLASSNAMEBYCLASSIDA
#define LPFN_WSAINSTALLSERVICECLASS LPFN_WSAINSTALLSERVICECLASSA
#define LPFN_WSALOOKUPSERVICEBEGIN LPFN_WSALOOKUPSERVICEBEGINA
#define LPFN_WSALOOKUPSERVICENEXT LPFN_WSALOOKUPSERVICENEXTA
#define LPFN_WSASETSERVICE LPFN_WSASETSERVICEA
#define LPFN_WSASOCKET LPFN_WSASOCKETA
#define LPFN_WSASTRINGTOADDRESS LPFN_WSASTRINGTOADDRESSA
#endif

#endif
