/* The header of the days before namespaces: <strstream>, and all of std as it was then. */
#ifndef WS2_CXX_STRSTREA_H
#define WS2_CXX_STRSTREA_H
#pragma GCC system_header

#include <strstream>

using namespace std;

#endif
