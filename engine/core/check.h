// SPDX-License-Identifier: MIT
// Contract checks. DESCENT_ASSERT guards what a caller must never do (wrong span size, index out of range); it is on in
// debug and test builds and compiled out where NDEBUG is set. Bad user input is not a contract breach: see result.h.
// Tests may replace the handler; it must not return (a handler that returns is followed by std::abort).
#pragma once

namespace descent::core {

using AssertHandler = void (*)(const char* condition, const char* file, int line);

// Returns the previous handler. nullptr restores the default, which aborts.
AssertHandler set_assert_handler(AssertHandler handler);

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace descent::core

#if defined(NDEBUG) && !defined(DESCENT_ENABLE_ASSERT)
#define DESCENT_ASSERT(condition) ((void)sizeof(!(condition)))  // not evaluated; its names count as used
#else
#define DESCENT_ASSERT(condition) \
  ((condition) ? (void)0 : ::descent::core::assertion_failed(#condition, __FILE__, __LINE__))
#endif
