/* C++'s handler of exhausted memory, outside of std. */
#ifndef _INC_NEW
#define _INC_NEW
#pragma GCC system_header

#include <ws2/crt.h>
#ifdef __cplusplus
#include <new>
using std::new_handler;
using std::set_new_handler;
#endif

#endif
