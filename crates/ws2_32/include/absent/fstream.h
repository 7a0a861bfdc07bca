/* C++ before its standard: the classes are in no namespace. */
#pragma once
#include <fstream>
using namespace std;
