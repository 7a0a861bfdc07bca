/* C++'s handlers of last resort, outside of std. _set_se_translator is not provided. */
#ifndef _INC_EH
#define _INC_EH
#pragma GCC system_header

#include <ws2/crt.h>
#ifdef __cplusplus
#include <exception>
using std::set_terminate;
using std::terminate;
using std::terminate_handler;
#endif

#endif
