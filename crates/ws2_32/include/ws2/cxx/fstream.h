/* The header of the days before namespaces: <fstream>, and all of std as it was then. */
#ifndef WS2_CXX_FSTREAM_H
#define WS2_CXX_FSTREAM_H
#pragma GCC system_header

#include <fstream>

using namespace std;

#endif
