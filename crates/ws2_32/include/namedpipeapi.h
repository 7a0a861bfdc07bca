/* Part of fileapi.h here. */
#include <fileapi.h>
