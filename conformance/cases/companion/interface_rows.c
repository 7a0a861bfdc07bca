// Interfaces as rows: all, and one by its number or its lasting number.
//
// rule: a row is found by its LUID, or without one by its index; what is none is refused.
// source: https://learn.microsoft.com/windows/win32/api/netioapi/nf-netioapi-getifentry2 and the page of GetIfTable2
// expect: sizes 168 8
// expect: table 0
// expect: loopback type 24 status 1 admin 1 access 1
// expect: by index 0 same
// expect: by luid 0 same
// expect: no number 87
// expect: unknown number 2
// expect: no row 87
// expect: no place 87
#include "case.h"
#include <iphlpapi.h>
#include <netioapi.h>
#include <stddef.h>

int main(void)
{
    PMIB_IF_TABLE2 table = NULL;
    static MIB_IF_ROW2 loopback, row;
    DWORD status;
    ULONG at;
    start();
    printf("sizes %d %d\n", (int)sizeof(MIB_IPINTERFACE_ROW), (int)offsetof(MIB_IF_TABLE2, Table));
    printf("table %lu\n", (unsigned long)GetIfTable2(&table));
    for (at = 0; table != NULL && at < table->NumEntries; at++)
        if (table->Table[at].Type == 24)
            loopback = table->Table[at];
    FreeMibTable(table);
    printf("loopback type %lu status %d admin %d access %d\n", (unsigned long)loopback.Type, (int)loopback.OperStatus,
           (int)loopback.AdminStatus, (int)loopback.AccessType);
    row.InterfaceIndex = loopback.InterfaceIndex;
    status = GetIfEntry2(&row);
    printf("by index %lu %s\n", (unsigned long)status,
           row.InterfaceLuid.Value == loopback.InterfaceLuid.Value && row.Alias[0] == loopback.Alias[0] ? "same" : "another");
    memset(&row, 0, sizeof row);
    row.InterfaceLuid = loopback.InterfaceLuid;
    status = GetIfEntry2(&row);
    printf("by luid %lu %s\n", (unsigned long)status, row.InterfaceIndex == loopback.InterfaceIndex ? "same" : "another");
    memset(&row, 0, sizeof row);
    printf("no number %lu\n", (unsigned long)GetIfEntry2(&row));
    row.InterfaceIndex = 0xffffff;
    printf("unknown number %lu\n", (unsigned long)GetIfEntry2(&row));
    printf("no row %lu\n", (unsigned long)GetIfEntry2(NULL));
    printf("no place %lu\n", (unsigned long)GetIfTable2(NULL));
    return 0;
}
