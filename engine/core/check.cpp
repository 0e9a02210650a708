// SPDX-License-Identifier: MIT
#include "engine/core/check.h"

#include <atomic>
#include <cstdlib>

namespace descent::core {
namespace {

std::atomic<AssertHandler> g_handler{nullptr};

}  // namespace

AssertHandler set_assert_handler(AssertHandler handler) {
  return g_handler.exchange(handler);
}

void assertion_failed(const char* condition, const char* file, int line) {
  if (const AssertHandler handler = g_handler.load()) handler(condition, file, line);
  std::abort();
}

}  // namespace descent::core
