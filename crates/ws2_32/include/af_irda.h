/* Addresses of infrared, for which no provider exists: a socket of this family fails with WSAEAFNOSUPPORT. */
#ifndef __AFIRDA__
#define __AFIRDA__
#pragma GCC system_header

#include <winsock2.h>

#define WINDOWS_AF_IRDA AF_IRDA
#define WINDOWS_PF_IRDA AF_IRDA
#define IRDA_PROTO_SOCK_STREAM 1
#define SOL_IRLMP 0x00ff
#define IRLMP_ENUMDEVICES 0x00000010
#define IRLMP_IAS_SET 0x00000011
#define IRLMP_IAS_QUERY 0x00000012

typedef struct _SOCKADDR_IRDA {
    u_short irdaAddressFamily;
    u_char irdaDeviceID[4];
    char irdaServiceName[25];
} SOCKADDR_IRDA, *PSOCKADDR_IRDA, *LPSOCKADDR_IRDA;
typedef struct _IRDA_DEVICE_INFO {
    u_char irdaDeviceID[4];
    char irdaDeviceName[22];
    u_char irdaDeviceHints1, irdaDeviceHints2, irdaCharSet;
} IRDA_DEVICE_INFO, *PIRDA_DEVICE_INFO;
typedef struct _DEVICELIST {
    ULONG numDevice;
    IRDA_DEVICE_INFO Device[1];
} DEVICELIST, *PDEVICELIST;

#endif
