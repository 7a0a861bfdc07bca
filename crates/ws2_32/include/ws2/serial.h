/* Serial ports: COM1 is /dev/ttyS0. Included by winbase.h. */
#ifndef WS2_SERIAL_H
#define WS2_SERIAL_H
#pragma GCC system_header

#include <winnt.h>

#define CBR_110 110
#define CBR_300 300
#define CBR_600 600
#define CBR_1200 1200
#define CBR_2400 2400
#define CBR_4800 4800
#define CBR_9600 9600
#define CBR_14400 14400
#define CBR_19200 19200
#define CBR_38400 38400
#define CBR_56000 56000
#define CBR_57600 57600
#define CBR_115200 115200
#define CBR_128000 128000
#define CBR_256000 256000
#define NOPARITY 0
#define ODDPARITY 1
#define EVENPARITY 2
#define MARKPARITY 3
#define SPACEPARITY 4
#define ONESTOPBIT 0
#define ONE5STOPBITS 1
#define TWOSTOPBITS 2
#define DTR_CONTROL_DISABLE 0
#define DTR_CONTROL_ENABLE 1
#define DTR_CONTROL_HANDSHAKE 2
#define RTS_CONTROL_DISABLE 0
#define RTS_CONTROL_ENABLE 1
#define RTS_CONTROL_HANDSHAKE 2
#define RTS_CONTROL_TOGGLE 3
#define PURGE_TXABORT 0x0001
#define PURGE_RXABORT 0x0002
#define PURGE_TXCLEAR 0x0004
#define PURGE_RXCLEAR 0x0008
#define SETXOFF 1
#define SETXON 2
#define SETRTS 3
#define CLRRTS 4
#define SETDTR 5
#define CLRDTR 6
#define SETBREAK 8
#define CLRBREAK 9
#define CE_RXOVER 0x0001
#define CE_OVERRUN 0x0002
#define CE_RXPARITY 0x0004
#define CE_FRAME 0x0008
#define CE_BREAK 0x0010

typedef struct _DCB {
    DWORD DCBlength, BaudRate;
    DWORD fBinary : 1, fParity : 1, fOutxCtsFlow : 1, fOutxDsrFlow : 1, fDtrControl : 2, fDsrSensitivity : 1,
        fTXContinueOnXoff : 1, fOutX : 1, fInX : 1, fErrorChar : 1, fNull : 1, fRtsControl : 2, fAbortOnError : 1,
        fDummy2 : 17;
    WORD wReserved, XonLim, XoffLim;
    BYTE ByteSize, Parity, StopBits;
    char XonChar, XoffChar, ErrorChar, EofChar, EvtChar;
    WORD wReserved1;
} DCB, *LPDCB;
typedef struct _COMMTIMEOUTS {
    DWORD ReadIntervalTimeout, ReadTotalTimeoutMultiplier, ReadTotalTimeoutConstant, WriteTotalTimeoutMultiplier,
        WriteTotalTimeoutConstant;
} COMMTIMEOUTS, *LPCOMMTIMEOUTS;
typedef struct _COMSTAT {
    DWORD fCtsHold : 1, fDsrHold : 1, fRlsdHold : 1, fXoffHold : 1, fXoffSent : 1, fEof : 1, fTxim : 1,
        fReserved : 25;
    DWORD cbInQue, cbOutQue;
} COMSTAT, *LPCOMSTAT;

typedef struct _COMMCONFIG {
    DWORD dwSize;
    WORD wVersion, wReserved;
    DCB dcb;
    DWORD dwProviderSubType, dwProviderOffset, dwProviderSize;
    WCHAR wcProviderData[1];
} COMMCONFIG, *LPCOMMCONFIG;

WS2_BEGIN_C
BOOL WINAPI GetCommState(HANDLE hFile, LPDCB lpDCB) WS2_SYMBOL(GetCommState);
BOOL WINAPI SetCommState(HANDLE hFile, LPDCB lpDCB) WS2_SYMBOL(SetCommState);
BOOL WINAPI GetCommTimeouts(HANDLE hFile, LPCOMMTIMEOUTS lpCommTimeouts) WS2_SYMBOL(GetCommTimeouts);
BOOL WINAPI SetCommTimeouts(HANDLE hFile, LPCOMMTIMEOUTS lpCommTimeouts) WS2_SYMBOL(SetCommTimeouts);
BOOL WINAPI PurgeComm(HANDLE hFile, DWORD dwFlags) WS2_SYMBOL(PurgeComm);
BOOL WINAPI ClearCommError(HANDLE hFile, LPDWORD lpErrors, LPCOMSTAT lpStat) WS2_SYMBOL(ClearCommError);
BOOL WINAPI SetupComm(HANDLE hFile, DWORD dwInQueue, DWORD dwOutQueue) WS2_SYMBOL(SetupComm);
BOOL WINAPI EscapeCommFunction(HANDLE hFile, DWORD dwFunc) WS2_SYMBOL(EscapeCommFunction);

/* A port's settings and nothing else: there are no data of a provider. */
static __inline BOOL GetCommConfig(HANDLE hCommDev, LPCOMMCONFIG lpCC, LPDWORD lpdwSize)
{
    if (lpCC == NULL || *lpdwSize < sizeof *lpCC) {
        *lpdwSize = sizeof *lpCC;
        SetLastError(122); /* ERROR_INSUFFICIENT_BUFFER */
        return FALSE;
    }
    memset(lpCC, 0, sizeof *lpCC);
    lpCC->dwSize = *lpdwSize = sizeof *lpCC;
    lpCC->wVersion = 1;
    lpCC->dwProviderSubType = 1; /* PST_RS232 */
    lpCC->dcb.DCBlength = sizeof lpCC->dcb;
    return GetCommState(hCommDev, &lpCC->dcb);
}

static __inline BOOL SetCommConfig(HANDLE hCommDev, LPCOMMCONFIG lpCC, DWORD dwSize)
{
    if (lpCC == NULL || dwSize < sizeof *lpCC) {
        SetLastError(87); /* ERROR_INVALID_PARAMETER */
        return FALSE;
    }
    return SetCommState(hCommDev, &lpCC->dcb);
}

/* One setting, `name=value`; false if there is no such. */
static __inline BOOL ws2_comm_setting(LPDCB lpDCB, const char *name, const char *value)
{
    const char parities[] = "noems", *parity = strchr(parities, value[0] | 0x20);
    BOOL on = strcasecmp(value, "on") == 0;
    if (strcasecmp(name, "baud") == 0) {
        lpDCB->BaudRate = (DWORD)strtoul(value, NULL, 10);
        return lpDCB->BaudRate != 0;
    }
    if (strcasecmp(name, "parity") == 0 && parity != NULL) {
        lpDCB->Parity = (BYTE)(parity - parities); /* NOPARITY, ODDPARITY, EVENPARITY, MARKPARITY, SPACEPARITY */
        return TRUE;
    }
    if (strcasecmp(name, "data") == 0) {
        lpDCB->ByteSize = (BYTE)strtoul(value, NULL, 10);
        return lpDCB->ByteSize >= 5 && lpDCB->ByteSize <= 8;
    }
    if (strcasecmp(name, "stop") == 0) {
        lpDCB->StopBits = value[0] == '2' ? TWOSTOPBITS : strcmp(value, "1.5") == 0 ? ONE5STOPBITS : ONESTOPBIT;
        return TRUE;
    }
    if (strcasecmp(name, "xon") == 0)
        lpDCB->fOutX = lpDCB->fInX = on;
    else if (strcasecmp(name, "odsr") == 0)
        lpDCB->fOutxDsrFlow = on;
    else if (strcasecmp(name, "octs") == 0)
        lpDCB->fOutxCtsFlow = on;
    else if (strcasecmp(name, "idsr") == 0)
        lpDCB->fDsrSensitivity = on;
    else if (strcasecmp(name, "dtr") == 0)
        lpDCB->fDtrControl = on ? DTR_CONTROL_ENABLE : strcasecmp(value, "hs") == 0 ? DTR_CONTROL_HANDSHAKE : 0;
    else if (strcasecmp(name, "rts") == 0)
        lpDCB->fRtsControl = on                            ? RTS_CONTROL_ENABLE
                             : strcasecmp(value, "hs") == 0 ? RTS_CONTROL_HANDSHAKE
                             : strcasecmp(value, "tg") == 0 ? RTS_CONTROL_TOGGLE
                                                           : 0;
    else
        return strcasecmp(name, "to") == 0;
    return TRUE;
}

/* Settings as the mode command has them: `baud=9600 parity=n data=8 stop=1` or `9600,n,8,1`, a port's name before them.
 * Docs: "BuildCommDCBA function". */
static __inline BOOL BuildCommDCBA(LPCSTR lpDef, LPDCB lpDCB)
{
    static const char *const in_order[] = {"baud", "parity", "data", "stop"};
    char text[128], *word, *rest, *value;
    int at = 0;
    BOOL good = lpDef != NULL && lpDCB != NULL && strlen(lpDef) < sizeof text;
    if (good) {
        strcpy(text, lpDef);
        lpDCB->fDtrControl = DTR_CONTROL_ENABLE;
        lpDCB->fRtsControl = RTS_CONTROL_ENABLE;
        for (word = strtok_r(text, " ,:", &rest); good && word != NULL; word = strtok_r(NULL, " ,:", &rest)) {
            value = strchr(word, '=');
            if (value != NULL) {
                *value = 0;
                good = ws2_comm_setting(lpDCB, word, value + 1);
            } else if (at > 0 || strncasecmp(word, "com", 3) != 0) {
                good = at < 4 && ws2_comm_setting(lpDCB, in_order[at], word);
                at++;
            }
        }
    }
    if (!good)
        SetLastError(87); /* ERROR_INVALID_PARAMETER */
    return good;
}
#ifndef UNICODE
#define BuildCommDCB BuildCommDCBA
#endif
WS2_END_C

#endif
