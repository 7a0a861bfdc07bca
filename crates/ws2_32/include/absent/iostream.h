/* C++ before its standard: the classes are in no namespace. */
#pragma once
#include <iostream>
using namespace std;
