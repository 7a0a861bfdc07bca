/* Headers of the C++ library that others bring with Microsoft's, but not with libstdc++: <iostream> and <string> most of
 * them. The compiler driver puts this before a program that misses one. */
#ifndef WS2_CXX_USUAL_H
#define WS2_CXX_USUAL_H
#pragma GCC system_header

#include <algorithm>
#include <array>
#include <cctype>
#include <climits>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <cwchar>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <locale>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#endif
