// Interfaces by their lasting numbers: of numbers, of names, of addresses, and what is refused.
//
// rule: An interface's number, LUID and name lead to one another, and what is none of an interface is told so.
// source: https://learn.microsoft.com/windows/win32/api/netioapi/nf-netioapi-convertinterfaceindextoluid and the
//   pages of its kin, of GetUnicastIpAddressTable and GetBestInterfaceEx; the codes of refusals are those that Wine's
//   tests, validated on Windows, want
// expect: table 0
// expect: loopback type 24 prefix 8 state 4 luids agree
// expect: family 87
// expect: no place 87
// expect: index to luid 0 luid to index 0 same
// expect: unknown index 2 luid 0
// expect: no index 2
// expect: index without place 87
// expect: unknown luid 2 index 0
// expect: luid without place 87
// expect: luid to name 0 name to luid 0 same
// expect: wide 0 0 same
// expect: short 8
// expect: name without place 87
// expect: bogus name 123
// expect: no name 123
// expect: best for loopback 0
#include "case.h"
#include <iphlpapi.h>
#include <netioapi.h>

int main(void)
{
    PMIB_UNICASTIPADDRESS_TABLE table = NULL;
    NET_LUID luid, other;
    NET_IFINDEX loopback = 0, back = 0;
    char name[IF_MAX_STRING_SIZE + 1];
    WCHAR wide[IF_MAX_STRING_SIZE + 1];
    struct sockaddr_in to;
    DWORD best = 0, status;
    ULONG at;

    start();
    printf("table %lu\n", (unsigned long)GetUnicastIpAddressTable(AF_UNSPEC, &table));
    for (at = 0; table != NULL && at < table->NumEntries; at++) {
        MIB_UNICASTIPADDRESS_ROW *row = &table->Table[at];
        if (row->Address.si_family != AF_INET || row->Address.Ipv4.sin_addr.s_addr != htonl(INADDR_LOOPBACK))
            continue;
        loopback = row->InterfaceIndex;
        ConvertInterfaceIndexToLuid(loopback, &luid);
        printf("loopback type %u prefix %u state %d luids %s\n", (unsigned)row->InterfaceLuid.Info.IfType,
               row->OnLinkPrefixLength, (int)row->DadState, luid.Value == row->InterfaceLuid.Value ? "agree" : "differ");
    }
    FreeMibTable(table);
    printf("family %lu\n", (unsigned long)GetUnicastIpAddressTable(99, &table));
    printf("no place %lu\n", (unsigned long)GetUnicastIpAddressTable(AF_UNSPEC, NULL));

    status = ConvertInterfaceIndexToLuid(loopback, &luid);
    printf("index to luid %lu ", (unsigned long)status);
    status = ConvertInterfaceLuidToIndex(&luid, &back);
    printf("luid to index %lu %s\n", (unsigned long)status, back == loopback ? "same" : "another");
    other.Value = 77;
    status = ConvertInterfaceIndexToLuid(0xffffff, &other);
    printf("unknown index %lu luid %d\n", (unsigned long)status, (int)other.Value);
    printf("no index %lu\n", (unsigned long)ConvertInterfaceIndexToLuid(0, &other));
    printf("index without place %lu\n", (unsigned long)ConvertInterfaceIndexToLuid(loopback, NULL));
    memset(&other, 0xff, sizeof(other));
    back = 77;
    status = ConvertInterfaceLuidToIndex(&other, &back);
    printf("unknown luid %lu index %d\n", (unsigned long)status, (int)back);
    printf("luid without place %lu\n", (unsigned long)ConvertInterfaceLuidToIndex(&luid, NULL));

    status = ConvertInterfaceLuidToNameA(&luid, name, sizeof(name));
    printf("luid to name %lu ", (unsigned long)status);
    other.Value = 0;
    status = ConvertInterfaceNameToLuidA(name, &other);
    printf("name to luid %lu %s\n", (unsigned long)status, other.Value == luid.Value ? "same" : "another");
    other.Value = 0;
    status = ConvertInterfaceLuidToNameW(&luid, wide, IF_MAX_STRING_SIZE + 1);
    printf("wide %lu ", (unsigned long)status);
    status = ConvertInterfaceNameToLuidW(wide, &other);
    printf("%lu %s\n", (unsigned long)status, other.Value == luid.Value ? "same" : "another");
    printf("short %lu\n", (unsigned long)ConvertInterfaceLuidToNameW(&luid, wide, 1));
    printf("name without place %lu\n", (unsigned long)ConvertInterfaceLuidToNameW(&luid, NULL, 10));
    printf("bogus name %lu\n", (unsigned long)ConvertInterfaceNameToLuidA("no such interface", &other));
    printf("no name %lu\n", (unsigned long)ConvertInterfaceNameToLuidA(NULL, &other));

    memset(&to, 0, sizeof(to));
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    status = GetBestInterfaceEx((struct sockaddr *)&to, &best);
    printf("best for loopback %lu\n", (unsigned long)status);
    return 0;
}
