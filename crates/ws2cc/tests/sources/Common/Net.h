#include "Inner.H"
