/* Versions of files; none of its functions is provided. */
#include <windows.h>
