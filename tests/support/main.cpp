// The entry point of every test program: doctest's own, with the engine's assertions left as they are (they abort, and
// the runner counts the program as failed). Promise: an executable in which no test ran at all fails.
// SPDX-License-Identifier: MIT
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

int main(int argc, char** argv) {
  doctest::Context context(argc, argv);
  return context.run();
}
