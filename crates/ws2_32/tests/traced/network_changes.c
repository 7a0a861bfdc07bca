/* Changes addresses, routes and neighbours of the interface w0. Run in a network namespace of its own. */
#include <winsock2.h>
#include <iphlpapi.h>
#include <stdio.h>
#include <stdlib.h>

static int routes(DWORD destination)
{
    ULONG length = 0, at;
    PMIB_IPFORWARDTABLE table;
    int count = 0;
    GetIpForwardTable(NULL, &length, TRUE);
    table = (PMIB_IPFORWARDTABLE)malloc(length);
    if (GetIpForwardTable(table, &length, TRUE) == NO_ERROR) {
        for (at = 0; at < table->dwNumEntries; at++)
            count += table->table[at].dwForwardDest == destination;
    }
    free(table);
    return count;
}

static void said(const char *what, DWORD error)
{
    printf("%s %u\n", what, (unsigned)error);
}

int main(void)
{
    DWORD interface = if_nametoindex("w0");
    ULONG context = 0, instance = 0;
    DWORD own = inet_addr("10.9.8.7"), mask = inet_addr("255.255.255.0");
    MIB_IPFORWARDROW route;
    MIB_IPNETROW neighbour;

    said("address", AddIPAddress(own, mask, interface, &context, &instance));
    said("again", AddIPAddress(own, mask, interface, &context, &instance));
    said("no mask", AddIPAddress(own, inet_addr("255.0.255.0"), interface, &context, &instance));

    memset(&route, 0, sizeof route);
    route.dwForwardDest = inet_addr("10.77.0.0");
    route.dwForwardMask = inet_addr("255.255.0.0");
    route.dwForwardNextHop = inet_addr("10.9.8.1");
    route.dwForwardIfIndex = interface;
    route.dwForwardMetric1 = 5;
    route.dwForwardProto = MIB_IPPROTO_NETMGMT;
    said("route", CreateIpForwardEntry(&route));
    printf("there: %d\n", routes(route.dwForwardDest));
    said("set", SetIpForwardEntry(&route));
    said("delete", DeleteIpForwardEntry(&route));
    printf("there: %d\n", routes(route.dwForwardDest));
    said("delete again", DeleteIpForwardEntry(&route));

    memset(&neighbour, 0, sizeof neighbour);
    neighbour.dwIndex = interface;
    neighbour.dwPhysAddrLen = 6;
    neighbour.bPhysAddr[0] = 2;
    neighbour.dwAddr = inet_addr("10.9.8.2");
    neighbour.dwType = MIB_IPNET_TYPE_STATIC;
    said("neighbour", SetIpNetEntry(&neighbour));
    said("delete", DeleteIpNetEntry(&neighbour));
    said("delete again", DeleteIpNetEntry(&neighbour));

    said("remove", DeleteIPAddress(context));
    said("remove again", DeleteIPAddress(context));
    return 0;
}
