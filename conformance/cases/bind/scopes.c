// The interface of an IPv6 address.
//
// rule: an address that needs no interface is not bound with one that does not have it; every address of GetAdaptersAddresses can be bound as it is told, and without its interface.
// source: Wine 8.0 dlls/ws2_32/tests/sock.c, test_bind, validated on Windows
// proves: bind WSAEADDRNOTAVAIL
// expect: bind bogus 10049
// expect: bind without 0
// expect: bind told 0
#include "case.h"
#include <iphlpapi.h>

#define ROOM 100000

// 0, or the code.
static int binds(const struct sockaddr *address, int length)
{
    SOCKET s = socket(address->sa_family, SOCK_STREAM, 0);
    int code = bind(s, address, length) == 0 ? 0 : WSAGetLastError();
    closesocket(s);
    return code;
}

int main(void)
{
    struct sockaddr_in6 at = {0};
    IP_ADAPTER_ADDRESSES *adapter = malloc(ROOM);
    ULONG room = ROOM;
    ULONG(WINAPI *adapters)(ULONG, ULONG, PVOID, PIP_ADAPTER_ADDRESSES, PULONG);
    int failed = 0;
    start();
    at.sin6_family = AF_INET6;
    at.sin6_addr.s6_addr[15] = 1;
    at.sin6_scope_id = 0xabacab;
    printf("bind bogus %d\n", binds((struct sockaddr *)&at, sizeof at));
    at.sin6_scope_id = 0;
    printf("bind without %d\n", binds((struct sockaddr *)&at, sizeof at));
#ifdef _WIN32 // Its library is not linked.
    adapters = (void *)(UINT_PTR)GetProcAddress(LoadLibraryA("iphlpapi.dll"), "GetAdaptersAddresses");
#else
    adapters = GetAdaptersAddresses;
#endif
    must(adapters != NULL && adapters(AF_UNSPEC, 0, NULL, adapter, &room) == 0, "GetAdaptersAddresses");
    for (; adapter; adapter = adapter->Next)
    {
        IP_ADAPTER_UNICAST_ADDRESS *own;
        for (own = adapter->FirstUnicastAddress; own; own = own->Next)
        {
            failed = failed ? failed : binds(own->Address.lpSockaddr, own->Address.iSockaddrLength);
            if (own->Address.lpSockaddr->sa_family != AF_INET6)
                continue;
            memcpy(&at, own->Address.lpSockaddr, sizeof at);
            at.sin6_scope_id = 0;
            failed = failed ? failed : binds((struct sockaddr *)&at, sizeof at);
        }
    }
    printf("bind told %d\n", failed);
    return 0;
}
