// A routine is told of changes of addresses, routes and interfaces.
//
// rule: a routine is told what became of what; at first, if it is asked for, without a row; and no more once it is cancelled.
// source: https://learn.microsoft.com/windows/win32/api/netioapi/nf-netioapi-notifyunicastipaddresschange and the pages of
//   NotifyRouteChange2, NotifyIpInterfaceChange and CancelMibChangeNotify2
// network: changing
// timeout: 30
// expect: family 87 place 87 handle 87 none 87
// expect: watches 0 0 0
// expect: first: 3 no row
// expect: address: 1 192.0.2.77 luid agrees
// expect: route: 2 203.0.113.0/24 by 192.0.2.1
// expect: interface: 0 family 2
// expect: route of the interface: 2
// expect: cancelled 0 0 0
// expect: cancelled again 87
#include "changing.h"
#include <iphlpapi.h>
#include <netioapi.h>

static HANDLE told, first;
static char text[256];

static void tell(const char *line)
{
    strcpy(text, line);
    SetEvent(told);
}

static void await(const char *what)
{
    DWORD waited = WaitForSingleObject(told, 3000);
    if (waited == WAIT_OBJECT_0)
        printf("%s: %s\n", what, text);
    else
        printf("%s: told nothing\n", what);
    fflush(stdout);
}

static const char *dotted(const SOCKADDR_INET *address, char *into)
{
    const unsigned char *bytes = (const unsigned char *)&address->Ipv4.sin_addr;
    sprintf(into, "%d.%d.%d.%d", bytes[0], bytes[1], bytes[2], bytes[3]);
    return into;
}

static void WINAPI address_changed(PVOID context, PMIB_UNICASTIPADDRESS_ROW row, MIB_NOTIFICATION_TYPE type)
{
    char line[128], one[32];
    NET_LUID luid;
    if (context != &told || row == NULL)
        return;
    ConvertInterfaceIndexToLuid(row->InterfaceIndex, &luid);
    sprintf(line, "%d %s luid %s", (int)type, dotted(&row->Address, one),
            luid.Value == row->InterfaceLuid.Value ? "agrees" : "differs");
    tell(line);
}

static void WINAPI route_changed(PVOID context, PMIB_IPFORWARD_ROW2 row, MIB_NOTIFICATION_TYPE type)
{
    char line[128], one[32], other[32];
    if (context != &told)
        return;
    if (row == NULL) {
        sprintf(text, "%d no row", (int)type);
        SetEvent(first);
        return;
    }
    if (row->NextHop.Ipv4.sin_addr.s_addr == 0) {
        // The network of the interface, which goes with it; what else Windows tells here does not matter.
        if (type == MibDeleteInstance)
            SetEvent(first);
        return;
    }
    sprintf(line, "%d %s/%d by %s", (int)type, dotted(&row->DestinationPrefix.Prefix, one),
            row->DestinationPrefix.PrefixLength, dotted(&row->NextHop, other));
    tell(line);
}

static void WINAPI interface_changed(PVOID context, PMIB_IPINTERFACE_ROW row, MIB_NOTIFICATION_TYPE type)
{
    char line[128];
    if (context != &told || row == NULL || row->InterfaceIndex == 0)
        return;
    sprintf(line, "%d family %d", (int)type, (int)row->Family);
    tell(line);
}

int main(void)
{
    HANDLE addresses = NULL, routes = NULL, interfaces = NULL;
    DWORD status[4];
    start();
    told = CreateEvent(NULL, FALSE, FALSE, NULL);
    first = CreateEvent(NULL, FALSE, FALSE, NULL);
    status[0] = NotifyUnicastIpAddressChange(99, address_changed, &told, FALSE, &addresses);
    status[1] = NotifyUnicastIpAddressChange(AF_INET, address_changed, &told, FALSE, NULL);
    status[2] = CancelMibChangeNotify2((HANDLE)(ULONG_PTR)0x7fffff00);
    status[3] = CancelMibChangeNotify2(NULL);
    printf("family %lu place %lu handle %lu none %lu\n", (unsigned long)status[0], (unsigned long)status[1],
           (unsigned long)status[2], (unsigned long)status[3]);

    status[0] = NotifyUnicastIpAddressChange(AF_INET, address_changed, &told, FALSE, &addresses);
    status[1] = NotifyRouteChange2(AF_INET, route_changed, &told, TRUE, &routes);
    status[2] = NotifyIpInterfaceChange(AF_INET, interface_changed, &told, FALSE, &interfaces);
    printf("watches %lu %lu %lu\n", (unsigned long)status[0], (unsigned long)status[1], (unsigned long)status[2]);
    printf("first: %s\n", WaitForSingleObject(first, 3000) == WAIT_OBJECT_0 ? text : "told nothing");
    fflush(stdout);
    change("address");
    await("address");
    change("no-route");
    await("route");
    ResetEvent(first);
    status[0] = CancelMibChangeNotify2(addresses);
    change("down");
    await("interface");
    printf("route of the interface: %s\n", WaitForSingleObject(first, 3000) == WAIT_OBJECT_0 ? "2" : "told nothing");
    status[1] = CancelMibChangeNotify2(routes);
    status[2] = CancelMibChangeNotify2(interfaces);
    printf("cancelled %lu %lu %lu\n", (unsigned long)status[0], (unsigned long)status[1], (unsigned long)status[2]);
    printf("cancelled again %lu\n", (unsigned long)CancelMibChangeNotify2(routes));
    return 0;
}
