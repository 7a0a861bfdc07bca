/* Of MFC, what console programs use that use nothing else of it: CString and the checks. Its other classes are not there:
 * the compiler names them. */
#ifndef WS2_CXX_AFX_H
#define WS2_CXX_AFX_H
#pragma GCC system_header

#include <cassert>

#include <atlstr.h>

#ifndef ASSERT
#define ASSERT(condition) assert(condition)
#endif
#ifndef VERIFY
#ifdef NDEBUG
#define VERIFY(condition) ((void)(condition))
#else
#define VERIFY(condition) assert(condition)
#endif
#endif
#ifndef TRACE
#define TRACE(...) ((void)0)
#endif
#define TRACE0(...) ((void)0)
#define TRACE1(...) ((void)0)
#define TRACE2(...) ((void)0)
#define TRACE3(...) ((void)0)

#endif
