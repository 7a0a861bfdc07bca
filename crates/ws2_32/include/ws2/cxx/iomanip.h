/* The header of the days before namespaces: <iomanip>, and all of std as it was then. */
#ifndef WS2_CXX_IOMANIP_H
#define WS2_CXX_IOMANIP_H
#pragma GCC system_header

#include <iomanip>

using namespace std;

#endif
