/* Addresses of ATM, for which no provider exists: a socket of this family fails with WSAEAFNOSUPPORT. */
#ifndef _WS2ATM_H_
#define _WS2ATM_H_
#pragma GCC system_header

#include <winsock2.h>
#include "qos.h"

#define ATMPROTO_AALUSER 0x00
#define ATMPROTO_AAL1 0x01
#define ATMPROTO_AAL2 0x02
#define ATMPROTO_AAL34 0x03
#define ATMPROTO_AAL5 0x05
#define SAP_FIELD_ABSENT 0xfffffffe
#define SAP_FIELD_ABSENT_USHORT 0xfffe
#define SAP_FIELD_ANY 0xffffffff
#define SAP_FIELD_ANY_AESA_SEL 0xfffffffa
#define SAP_FIELD_ANY_AESA_REST 0xfffffffb
#define ATM_E164 1
#define ATM_NSAP 2
#define ATM_AESA 2
#define ATM_ADDR_SIZE 20
#define BLLI_L2_ISO_1745 0x01
#define BLLI_L2_LLC 0x0c
#define BLLI_L3_X25 0x06
#define BHLI_ISO 0x00
#define BHLI_UserSpecific 0x01
#define BHLI_HighLayerProfile 0x02
#define BHLI_VendorSpecificAppId 0x03
#define SIO_GET_NUMBER_OF_ATM_DEVICES 0x50160001
#define SIO_GET_ATM_ADDRESS 0xd0160002
#define SIO_ASSOCIATE_PVC 0x90160003
#define SIO_GET_ATM_CONNECTION_ID 0x50160004

typedef struct {
    DWORD AddressType, NumofDigits;
    UCHAR Addr[ATM_ADDR_SIZE];
} ATM_ADDRESS;
typedef struct {
    DWORD Layer2Protocol, Layer2UserSpecifiedProtocol, Layer3Protocol, Layer3UserSpecifiedProtocol, Layer3IPI;
    UCHAR SnapID[5];
} ATM_BLLI;
typedef struct {
    DWORD HighLayerInfoType, HighLayerInfoLength;
    UCHAR HighLayerInfo[8];
} ATM_BHLI;
typedef struct sockaddr_atm {
    u_short satm_family;
    ATM_ADDRESS satm_number;
    ATM_BLLI satm_blli;
    ATM_BHLI satm_bhli;
} sockaddr_atm, SOCKADDR_ATM, *PSOCKADDR_ATM, *LPSOCKADDR_ATM;
typedef enum {
    IE_AALParameters,
    IE_TrafficDescriptor,
    IE_BroadbandBearerCapability,
    IE_BHLI,
    IE_BLLI,
    IE_CalledPartyNumber,
    IE_CalledPartySubaddress,
    IE_CallingPartyNumber,
    IE_CallingPartySubaddress,
    IE_Cause,
    IE_QOSClass,
    IE_TransitNetworkSelection
} Q2931_IE_TYPE;
typedef struct {
    Q2931_IE_TYPE IEType;
    ULONG IELength;
    UCHAR IE[1];
} Q2931_IE;

#endif
