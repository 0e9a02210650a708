// SPDX-License-Identifier: MIT
// Assertions reach the handler with their text; an Objective without a Hessian refuses to give one.
#include "engine/core/check.h"

#include <doctest/doctest.h>

#include <csetjmp>
#include <string>

#include "engine/core/objective.h"

#if !defined(NDEBUG) || defined(DESCENT_ENABLE_ASSERT)
namespace {

std::jmp_buf g_back;
std::string g_condition;

// A handler must not return: this one jumps back to the test.
void jump_back(const char* condition, const char* /*file*/, int /*line*/) {
  g_condition = condition;
  std::longjmp(g_back, 1);
}

}  // namespace

TEST_CASE("a broken contract reaches the handler with its text") {
  static int limit = 3;
  const auto before = descent::core::set_assert_handler(&jump_back);
  if (setjmp(g_back) == 0) DESCENT_ASSERT(limit > 5);
  descent::core::set_assert_handler(before);
  CHECK(g_condition == "limit > 5");
}
#endif

TEST_CASE("the handler can be replaced and put back") {
  using descent::core::AssertHandler;
  const AssertHandler mine = [](const char*, const char*, int) {};
  const AssertHandler before = descent::core::set_assert_handler(mine);
  const bool was_mine = descent::core::set_assert_handler(before) == mine;
  CHECK(was_mine);
}

TEST_CASE("a condition that holds costs nothing and is evaluated at most once") {
  int calls = 0;
  const auto count = [&] { return ++calls > 0; };
  DESCENT_ASSERT(count());
#if defined(NDEBUG) && !defined(DESCENT_ENABLE_ASSERT)
  CHECK(calls == 0);
#else
  CHECK(calls == 1);
#endif
}

TEST_CASE("objectives have no Hessian unless they say so") {
  class Plain final : public descent::core::Objective {
   public:
    [[nodiscard]] int dim() const override { return 1; }
    double evaluate(std::span<const double> x, std::span<double> gradient) const override {
      if (!gradient.empty()) gradient[0] = 1;
      return x[0];
    }
  };
  CHECK_FALSE(Plain().has_hessian());
}
