/* Lookups by service class, the catalogue of providers, control codes with pointers, and what is refused. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <mstcpip.h>
#include <nspapi.h>
#include <svcguid.h>
#include <ws2spi.h>
#include <stdio.h>
#include <string.h>

static void say(const char *what, int failed)
{
    printf("%s %d\n", what, failed ? WSAGetLastError() : 0);
}

static void look_up(void)
{
    union {
        WSAQUERYSETA set;
        char bytes[4096];
    } answer;
    static char host[] = "127.0.0.1";
    WSAQUERYSETA query;
    GUID service = DEFINE_SVCID_TCP(80);
    HANDLE lookup;
    DWORD length = 8;
    memset(&query, 0, sizeof query);
    query.dwSize = sizeof query;
    query.lpszServiceInstanceName = host;
    query.lpServiceClassId = &service;
    query.dwNameSpace = NS_DNS;
    say("begin", WSALookupServiceBeginA(&query, LUP_RETURN_ADDR | LUP_RETURN_NAME | LUP_RETURN_TYPE, &lookup) != 0);
    say("next short", WSALookupServiceNextA(lookup, 0, &length, &answer.set) != 0);
    say("next", WSALookupServiceNextA(lookup, 0, &length, &answer.set) != 0);
    if (answer.set.dwNumberOfCsAddrs == 1) {
        struct sockaddr_in *at = (struct sockaddr_in *)(void *)answer.set.lpcsaBuffer[0].RemoteAddr.lpSockaddr;
        printf("%s port %d protocol %d tcp %d\n", inet_ntoa(at->sin_addr), ntohs(at->sin_port),
               answer.set.lpcsaBuffer[0].iProtocol, IS_SVCID_TCP(answer.set.lpServiceClassId));
        printf("name %s\n", answer.set.lpszServiceInstanceName);
    }
    say("no more", WSALookupServiceNextA(lookup, 0, &length, &answer.set) != 0);
    say("no codes", WSANSPIoctl(lookup, 0, NULL, 0, NULL, 0, &length, NULL) != 0);
    say("end", WSALookupServiceEnd(lookup) != 0);
    say("end again", WSALookupServiceEnd(lookup) != 0);
    query.dwNameSpace = NS_BTH;
    say("bluetooth", WSALookupServiceBeginA(&query, LUP_CONTAINERS, &lookup) != 0);
    say("register", WSASetServiceA(&query, RNRSERVICE_REGISTER, 0) != 0);
}

static void list_providers(void)
{
    WSAPROTOCOL_INFOW protocols[8];
    PROTOCOL_INFOA old[16];
    DWORD length = sizeof protocols;
    WCHAR path[64];
    int error = 0, room = 64, none = 4, count;
    INT tcp_only[] = {IPPROTO_TCP, 0};
    GUID other = DEFINE_SVCID_TCP(1);
    count = WSCEnumProtocols(NULL, protocols, &length, &error);
    printf("providers %d\n", count);
    count = WSCGetProviderPath(&protocols[0].ProviderId, path, &room, &error);
    printf("path %d %d\n", count, room);
    count = WSCGetProviderPath(&protocols[0].ProviderId, path, &none, &error);
    printf("path short %d %d %d\n", count, error, none);
    count = WSCGetProviderPath(&other, path, &room, &error);
    printf("path unknown %d %d\n", count, error);
    count = WSCDeinstallProvider(&protocols[0].ProviderId, &error);
    printf("deinstall %d %d\n", count, error);
    printf("order %d\n", WSCWriteProviderOrder(&length, 1));
    length = sizeof old;
    printf("old protocols %d", EnumProtocolsA(tcp_only, old, &length));
    printf(" %s\n", old[0].lpProtocol);
    length = 4;
    say("old protocols short", EnumProtocolsA(NULL, old, &length) < 0);
}

static void control_sockets(void)
{
    union {
        CSADDR_INFO info;
        char bytes[256];
    } state;
    union {
        SOCKET_ADDRESS_LIST list;
        char bytes[1024];
    } sorted;
    struct sockaddr_in at;
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0), v6 = socket(AF_INET6, SOCK_DGRAM, 0);
    int length = sizeof state, open_type = SO_SYNCHRONOUS_NONALERT;
    DWORD told = 77;
    SOCKADDR_IN6 far_away, near_by;
    memset(&at, 0, sizeof at);
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(s, (struct sockaddr *)&at, sizeof at);
    say("state", getsockopt(s, SOL_SOCKET, SO_BSP_STATE, state.bytes, &length) != 0);
    printf("state %d %s %d %d\n", length,
           inet_ntoa(((struct sockaddr_in *)(void *)state.info.LocalAddr.lpSockaddr)->sin_addr),
           state.info.RemoteAddr.iSockaddrLength, state.info.iSocketType);
    say("open type", setsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE, (char *)&open_type, sizeof open_type) != 0);
    open_type = 0;
    length = sizeof open_type;
    say("open type", getsockopt(INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE, (char *)&open_type, &length) != 0);
    printf("open type %#x\n", (unsigned)open_type);
    say("interfaces short",
        WSAIoctl(s, SIO_GET_INTERFACE_LIST, NULL, 0, state.bytes, sizeof(INTERFACE_INFO) - 1, &told, NULL, NULL) != 0);
    printf("told %u\n", told);
    IN6ADDR_SETLOOPBACK(&near_by);
    far_away = near_by;
    far_away.sin6_addr.s6_bytes[0] = 0x20;
    memset(&sorted, 0, sizeof sorted);
    sorted.list.iAddressCount = 2;
    sorted.list.Address[0].lpSockaddr = (SOCKADDR *)&far_away;
    sorted.list.Address[0].iSockaddrLength = sizeof far_away;
    (&sorted.list.Address[0])[1].lpSockaddr = (SOCKADDR *)&near_by;
    (&sorted.list.Address[0])[1].iSockaddrLength = sizeof near_by;
    if (v6 != INVALID_SOCKET)
        say("sort", WSAIoctl(v6, SIO_ADDRESS_LIST_SORT, &sorted, sizeof sorted, &sorted, sizeof sorted, &told, NULL,
                             NULL) != 0);
    printf("first is loopback %d\n",
           IN6_IS_ADDR_LOOPBACK(&((SOCKADDR_IN6 *)(void *)sorted.list.Address[0].lpSockaddr)->sin6_addr));
    printf("sizes %d %d %d %d\n", (int)sizeof(TCP_INFO_v0), (int)sizeof(TCP_INFO_v1), (int)sizeof(ICMP_ERROR_INFO),
           (int)sizeof(IP_MSFILTER));
    say("no window", WSAAsyncSelect(s, NULL, 1024, FD_READ) != 0);
    closesocket(s);
    say("no socket", WSAAsyncSelect(s, NULL, 1024, FD_READ) != 0);
    say("no hook", WSASetBlockingHook(NULL) == NULL);
    say("unhook", WSAUnhookBlockingHook() != 0);
    say("install", WSAInstallServiceClassA((LPWSASERVICECLASSINFOA)(void *)&sorted) != 0);
}

int main(void)
{
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    look_up();
    list_providers();
    control_sockets();
    WSACleanup();
    return 0;
}
