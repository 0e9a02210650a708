// SPDX-License-Identifier: MIT
// Signal: nothing notified after the ticket is missed, limits are kept, odd limits are harmless.
#include "engine/parallel/signal.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <limits>
#include <thread>

namespace {

using descent::parallel::Signal;

double seconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST_CASE("signal: a notification after the ticket is not slept through") {
  Signal signal;
  const Signal::Ticket ticket = signal.ticket();
  signal.notify();
  signal.wait(ticket);  // would never return
  signal.wait_for(ticket, 1e9);
}

TEST_CASE("signal: wait_for keeps its limit") {
  Signal signal;
  const double waited = seconds_of([&] { signal.wait_for(signal.ticket(), 0.03); });
  CHECK(waited >= 0.025);
  CHECK(waited < 5.0);
}

TEST_CASE("signal: limits that are no time at all return at once") {
  Signal signal;
  for (const double seconds :
       {0.0, -1.0, -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(seconds_of([&] { signal.wait_for(signal.ticket(), seconds); }) < 5.0);
  }
}

TEST_CASE("signal: a sleeping thread is woken, with and without a limit") {
  for (const bool limited : {false, true}) {
    Signal signal;
    std::atomic<bool> awake{false};
    const Signal::Ticket ticket = signal.ticket();
    std::thread sleeper([&] {
      if (limited) {
        signal.wait_for(ticket, std::numeric_limits<double>::infinity());
      } else {
        signal.wait(ticket);
      }
      awake = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK_FALSE(awake.load());
    signal.notify();
    sleeper.join();
    CHECK(awake.load());
  }
}

TEST_CASE("signal: two threads hand a turn to and fro without losing one") {
  constexpr int kTurns = 5000;
  Signal to_left;
  Signal to_right;
  std::atomic<int> turn{0};
  const auto play = [&](Signal& own, Signal& other, int parity) {
    while (true) {
      const Signal::Ticket ticket = own.ticket();
      const int now = turn.load();
      if (now >= kTurns) break;
      if (now % 2 == parity) {
        turn.store(now + 1);
        other.notify();
      } else {
        own.wait(ticket);
      }
    }
    other.notify();
  };
  std::thread left([&] { play(to_left, to_right, 0); });
  std::thread right([&] { play(to_right, to_left, 1); });
  left.join();
  right.join();
  CHECK(turn.load() == kTurns);
}

}  // namespace
