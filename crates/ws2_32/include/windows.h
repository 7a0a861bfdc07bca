/* The small part of windows.h that Winsock programs need. */
#ifndef WS2_WINDOWS_H
#define WS2_WINDOWS_H

#include <ws2/base.h>
#ifndef WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#endif

#endif
