/* The header of the days before namespaces: <iostream>, and all of std as it was then. */
#ifndef WS2_CXX_IOSTREAM_H
#define WS2_CXX_IOSTREAM_H
#pragma GCC system_header

#include <iostream>

using namespace std;

#endif
