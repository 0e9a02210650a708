// SPDX-License-Identifier: MIT
// Pacer, growing histories, curves and throughput: the small parts of race and trainer, with time as a number.
#include "engine/parallel/pacer.h"

#include "engine/core/number_text.h"
#include "engine/parallel/generations.h"
#include "engine/training/curves.h"
#include "engine/training/throughput.h"
#include "tests/support/close.h"

namespace descent::testing {
namespace {

using parallel::Pacer;

TEST_CASE("slow play makes its first step at once and the next when it is due") {
  Pacer pacer;
  pacer.start(10, 0.5);
  CHECK(pacer.due(10) == 1);
  pacer.take(1);
  CHECK(close(pacer.wait(10), 2, 1e-12, 0).ok);
  CHECK(pacer.due(11.9) == 0);
  CHECK(close(pacer.wait(11.9), 0.1, 1e-9, 0).ok);
  CHECK(pacer.due(12.001) == 1);
  CHECK(pacer.wait(12.001) == 0);
}

TEST_CASE("fast play makes as many steps as time allows, in any cut of the time") {
  Pacer pacer;
  pacer.start(0, 100000);
  std::int64_t steps = 0;
  for (int i = 0; i <= 1000; ++i) {
    const std::int64_t due = pacer.due(0.001 * i);
    pacer.take(due);
    steps += due;
  }
  CHECK(steps >= 100000);
  CHECK(steps <= 100002);
}

TEST_CASE("what was missed for long is dropped") {
  Pacer pacer;
  pacer.start(0, 1000);
  pacer.take(pacer.due(0));
  CHECK(pacer.due(3600) == static_cast<std::int64_t>(1000 * Pacer::kMaxBacklog));
  pacer.set_rate(10);
  CHECK(pacer.due(3600) == 1);
}

TEST_CASE("a generation log knows what an older copy still shares") {
  parallel::Generations log(1);
  CHECK(log.common(1) == parallel::kAll);
  CHECK(log.common(9) == 0);
  log.rewritten_from(50, 2);
  log.rewritten_from(80, 3);
  CHECK(log.common(3) == parallel::kAll);
  CHECK(log.common(2) == 80);
  CHECK(log.common(1) == 50);
  for (std::uint64_t id = 4; id < 100; ++id) log.rewritten_from(90, id);
  CHECK(log.common(1) == 0);
  std::vector<int> copy{1, 2, 3, 9, 9};
  parallel::catch_up<int>({1, 2, 3, 4, 5, 6}, copy, 3);
  CHECK(copy == std::vector<int>{1, 2, 3, 4, 5, 6});
  parallel::catch_up<int>({1, 2}, copy, parallel::kAll);
  CHECK(copy == std::vector<int>{1, 2});
}

TEST_CASE("curves stay bounded and keep their mean") {
  training::Curves curves;
  const std::int64_t steps = 200000;
  for (std::int64_t step = 1; step <= steps; ++step)
    curves.add_step(step, static_cast<double>(step) / 100, step % 2 == 0 ? 1.0 : 3.0, 16, 32);
  CHECK(curves.train().size() <= training::Curves::kMaxPoints);
  CHECK(curves.train().size() >= training::Curves::kMaxPoints / 2);
  for (std::size_t i = 1; i < curves.train().size(); ++i) {
    CHECK(curves.train()[i].step > curves.train()[i - 1].step);
    CHECK(close(curves.train()[i].loss, 2, 0, 0.03).ok);
    CHECK(curves.train()[i].accuracy == 0.5);
  }
  for (std::int64_t i = 0; i < 5000; ++i) curves.add_test(i, static_cast<double>(i), {0.1, 0.9, true});
  CHECK(curves.test().size() <= training::Curves::kMaxPoints);
  CHECK(curves.test().back().step == 4999);
  const std::uint64_t generation = curves.generation();
  curves.clear();
  CHECK(curves.train().empty());
  CHECK(curves.generation() != generation);
}

TEST_CASE("throughput is that of the last second") {
  training::Throughput throughput;
  CHECK(throughput.images_per_second() == 0);
  for (int i = 0; i < 100; ++i) throughput.add(32, 0.1);
  CHECK(close(throughput.images_per_second(), 320, 1e-9, 0).ok);
  for (int i = 0; i < 30; ++i) throughput.add(32, 0.05);
  CHECK(close(throughput.images_per_second(), 640, 1e-9, 0).ok);
}

TEST_CASE("numbers in sentences") {
  CHECK(core::short_number(0.3) == "0.3");
  CHECK(core::short_number(1.0 / 9) == "0.111");
  CHECK(core::short_number(-4.14e12) == "−4.14×10¹²");
  CHECK(core::short_number(6.46e-9) == "6.46×10⁻⁹");
  CHECK(core::grouped(999) == "999");
  CHECK(core::grouped(-100000) == "-100,000");
  CHECK(core::grouped(1234567) == "1,234,567");
}

}  // namespace
}  // namespace descent::testing
