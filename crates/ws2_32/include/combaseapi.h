/* Its contents are in objbase.h. */
#include <objbase.h>
