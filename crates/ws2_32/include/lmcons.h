/* Lengths of names. */
#ifndef _LMCONS_
#define _LMCONS_
#define UNLEN 256
#define PWLEN 256
#define CNLEN 15
#define DNLEN CNLEN
#endif
