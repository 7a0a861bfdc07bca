/* One text for narrow and wide characters: _UNICODE chooses. */
#ifndef _INC_TCHAR
#define _INC_TCHAR
#pragma GCC system_header

#include <ws2/crt.h>

#ifdef _UNICODE
typedef wchar_t _TCHAR, _TSCHAR, _TUCHAR, _TXCHAR;
typedef wint_t _TINT;
#define __T(x) L##x
#define _tmain wmain
#define _tWinMain wWinMain
#define WS2_T(narrow, wide) wide
#else
typedef char _TCHAR, _TXCHAR;
typedef int _TINT;
#define __T(x) x
#define _tmain main
#define _tWinMain WinMain
#define WS2_T(narrow, wide) narrow
#endif
#define _T(x) __T(x)
#define _TEXT(x) __T(x)
#define _TEOF WS2_T(EOF, WEOF)

#define _tprintf WS2_T(printf, wprintf)
#define _ftprintf WS2_T(fprintf, fwprintf)
#define _stprintf WS2_T(sprintf, swprintf)
#define _sntprintf WS2_T(_snprintf, _snwprintf)
#define _vtprintf WS2_T(vprintf, vwprintf)
#define _vftprintf WS2_T(vfprintf, vfwprintf)
#define _vstprintf WS2_T(vsprintf, vswprintf)
#define _vsntprintf WS2_T(_vsnprintf, _vsnwprintf)
#define _tprintf_s WS2_T(printf_s, wprintf_s)
#define _ftprintf_s WS2_T(fprintf_s, fwprintf_s)
#define _stprintf_s WS2_T(sprintf_s, swprintf_s)
#define _sntprintf_s WS2_T(_snprintf_s, _snwprintf_s)
#define _vstprintf_s WS2_T(vsprintf_s, vswprintf_s)
#define _vsntprintf_s WS2_T(_vsnprintf_s, _vsnwprintf_s)
#define _sctprintf WS2_T(_scprintf, _scwprintf)
#define _vsctprintf WS2_T(_vscprintf, _vscwprintf)
#define _tscanf WS2_T(scanf, wscanf)
#define _ftscanf WS2_T(fscanf, fwscanf)
#define _stscanf WS2_T(sscanf, swscanf)
#define _tscanf_s WS2_T(scanf_s, wscanf_s)
#define _stscanf_s WS2_T(sscanf_s, swscanf_s)
#define _fgettc WS2_T(fgetc, fgetwc)
#define _fputtc WS2_T(fputc, fputwc)
#define _gettc WS2_T(getc, getwc)
#define _gettchar WS2_T(getchar, getwchar)
#define _puttchar WS2_T(putchar, putwchar)
#define _fgetts WS2_T(fgets, fgetws)
#define _fputts WS2_T(fputs, fputws)
#define _putts WS2_T(puts, _putws)
#define _getts WS2_T(gets, _getws)
#define _getts_s WS2_T(gets_s, _getws_s)
#define _tfopen WS2_T(ws2_fopen, _wfopen)
#define _tfopen_s WS2_T(fopen_s, _wfopen_s)
#define _tremove WS2_T(remove, _wremove)
#define _trename WS2_T(rename, _wrename)
#define _tsystem WS2_T(system, _wsystem)
#define _tgetenv WS2_T(getenv, _wgetenv)
#define _tperror WS2_T(perror, _wperror)

#define _tcscpy WS2_T(strcpy, wcscpy)
#define _tcsncpy WS2_T(strncpy, wcsncpy)
#define _tcscat WS2_T(strcat, wcscat)
#define _tcsncat WS2_T(strncat, wcsncat)
#define _tcscmp WS2_T(strcmp, wcscmp)
#define _tcsncmp WS2_T(strncmp, wcsncmp)
#define _tcsicmp WS2_T(_stricmp, _wcsicmp)
#define _tcsnicmp WS2_T(_strnicmp, _wcsnicmp)
#define _tcsncicmp WS2_T(_strnicmp, _wcsnicmp)
#define _tcscoll WS2_T(strcoll, wcscoll)
#define _tcslen WS2_T(strlen, wcslen)
#define _tcsclen WS2_T(strlen, wcslen)
#define _tcsnlen WS2_T(strnlen_s, wcsnlen_s)
#define _tcschr WS2_T(strchr, wcschr)
#define _tcsrchr WS2_T(strrchr, wcsrchr)
#define _tcsstr WS2_T(strstr, wcsstr)
#define _tcspbrk WS2_T(strpbrk, wcspbrk)
#define _tcsspn WS2_T(strspn, wcsspn)
#define _tcscspn WS2_T(strcspn, wcscspn)
#define _tcstok WS2_T(strtok, wcstok)
#define _tcstok_s WS2_T(strtok_s, wcstok_s)
#define _tcsdup WS2_T(_strdup, _wcsdup)
#define _tcslwr WS2_T(_strlwr, _wcslwr)
#define _tcsupr WS2_T(_strupr, _wcsupr)
#define _tcsrev WS2_T(_strrev, _wcsrev)
#define _tcscpy_s WS2_T(strcpy_s, wcscpy_s)
#define _tcsncpy_s WS2_T(strncpy_s, wcsncpy_s)
#define _tcscat_s WS2_T(strcat_s, wcscat_s)
#define _tcsncat_s WS2_T(strncat_s, wcsncat_s)
#define _tcstol WS2_T(strtol, wcstol)
#define _tcstoul WS2_T(strtoul, wcstoul)
#define _tcstod WS2_T(strtod, wcstod)
#define _tcstoi64 WS2_T(strtoll, wcstoll)
#define _ttoi WS2_T(atoi, _wtoi)
#define _tstoi WS2_T(atoi, _wtoi)
#define _ttol WS2_T(atol, _wtol)
#define _tstol WS2_T(atol, _wtol)
#define _ttoi64 WS2_T(atoll, _wtoi64)
#define _tstof WS2_T(atof, _wtof)
#define _itot WS2_T(_itoa, _itow)
#define _ltot WS2_T(_ltoa, _ltow)
#define _itot_s WS2_T(_itoa_s, _itow_s)
#define _istalpha WS2_T(isalpha, iswalpha)
#define _istdigit WS2_T(isdigit, iswdigit)
#define _istalnum WS2_T(isalnum, iswalnum)
#define _istspace WS2_T(isspace, iswspace)
#define _istprint WS2_T(isprint, iswprint)
#define _istupper WS2_T(isupper, iswupper)
#define _istlower WS2_T(islower, iswlower)
#define _istxdigit WS2_T(isxdigit, iswxdigit)
#define _totupper WS2_T(toupper, towupper)
#define _totlower WS2_T(tolower, towlower)
#define _tcsftime WS2_T(strftime, wcsftime)
#define _tcsinc(at) ((at) + 1)
#define _tcsdec(start, at) ((start) < (at) ? (at)-1 : NULL)
#define _targv WS2_T(__argv, __wargv)
#define _tenviron WS2_T(environ, _wenviron)
#define _taccess WS2_T(_access, _waccess)
#define _tchdir WS2_T(_chdir, _wchdir)
#define _tgetcwd WS2_T(_getcwd, _wgetcwd)
#define _tmkdir WS2_T(_mkdir, _wmkdir)
#define _tsplitpath WS2_T(_splitpath, _wsplitpath)
#define _tsplitpath_s WS2_T(_splitpath_s, _wsplitpath_s)
#define _tmakepath_s WS2_T(_makepath_s, _wmakepath_s)
#define _tmakepath WS2_T(_makepath, _wmakepath)
#define _tfullpath WS2_T(_fullpath, _wfullpath)
#define _tstat WS2_T(_stat, _wstat)

#endif
