// SPDX-License-Identifier: MIT
// ThreadPool: every task runs exactly once, on a worker of the range, in runs that follow each other at once; results
// do not depend on the number of threads; idle pools can be destroyed; more threads than cores do not bring it down.
#include "engine/parallel/thread_pool.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace {

using descent::parallel::ThreadPool;

// A Ledger keeps what a run did: plain (not atomic) counters, one for each task, so that a task run twice at once is
// also a data race.
struct Ledger {
  explicit Ledger(int tasks) : runs(static_cast<std::size_t>(tasks), 0) {}
  std::vector<int> runs;

  [[nodiscard]] bool each_ran(int times) const {
    for (const int count : runs) {
      if (count != times) return false;
    }
    return true;
  }
};

TEST_CASE("thread pool: the ledger notices a task left out and a task run twice") {
  Ledger ledger(3);
  CHECK(ledger.each_ran(0));
  ledger.runs = {1, 0, 1};
  CHECK_FALSE(ledger.each_ran(1));
  ledger.runs = {1, 2, 1};
  CHECK_FALSE(ledger.each_ran(1));
}

TEST_CASE("thread pool: each task runs once, workers are in range") {
  for (int threads = 1; threads <= 8; ++threads) {
    ThreadPool pool(threads);
    CHECK(pool.threads() == threads);
    for (const int tasks : {0, 1, 2, 3, threads, threads + 1, 257}) {
      Ledger ledger(tasks);
      std::atomic<bool> worker_in_range{true};
      pool.run(tasks, [&](int task, int worker) {
        ++ledger.runs[static_cast<std::size_t>(task)];
        if (worker < 0 || worker >= threads) worker_in_range = false;
      });
      CHECK(ledger.each_ran(1));
      CHECK(worker_in_range.load());
    }
  }
}

TEST_CASE("thread pool: sums by task are the same for any number of threads") {
  constexpr int kTasks = 64;
  const auto sum_with = [](int threads) {
    ThreadPool pool(threads);
    std::vector<double> partial(kTasks);
    pool.run(kTasks, [&](int task, int) {
      double sum = 0;
      for (int i = 1; i < 500; ++i) sum += 1.0 / (task + i);
      partial[static_cast<std::size_t>(task)] = sum;
    });
    double total = 0;
    for (const double value : partial) total += value;
    return total;
  };
  const double expected = sum_with(1);
  for (int threads = 2; threads <= 8; ++threads) CHECK(sum_with(threads) == expected);
}

TEST_CASE("thread pool: thousands of tiny runs, each with a function of its own that dies at once") {
  for (int threads = 1; threads <= 8; ++threads) {
    ThreadPool pool(threads);
    constexpr int kRuns = 3000;
    std::int64_t wrong = 0;
    for (int run = 0; run < kRuns; ++run) {
      const int tasks = 1 + run % 7;
      std::vector<int> seen(static_cast<std::size_t>(tasks), -1);  // freed before the next run begins
      pool.run(tasks, [&seen, run](int task, int) { seen[static_cast<std::size_t>(task)] = run + task; });
      for (int task = 0; task < tasks; ++task) wrong += seen[static_cast<std::size_t>(task)] != run + task;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("thread pool: helpers that went to sleep come back, and a sleeping caller is woken") {
  ThreadPool pool(3);
  for (int round = 0; round < 20; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    Ledger ledger(6);
    pool.run(6, [&](int task, int) {
      // Long enough for the caller to give up spinning while others still work.
      if (task == 5) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      ++ledger.runs[static_cast<std::size_t>(task)];
    });
    CHECK(ledger.each_ran(1));
  }
}

TEST_CASE("thread pool: destroyed before use, right after a run and while asleep") {
  for (int i = 0; i < 50; ++i) {
    ThreadPool never_used(4);
    ThreadPool just_used(4);
    std::atomic<int> count{0};
    just_used.run(8, [&](int, int) { ++count; });
    CHECK(count.load() == 8);
  }
  ThreadPool asleep(4);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

TEST_CASE("thread pool: more threads than cores finish in reasonable time") {
  ThreadPool pool(8);
  const auto start = std::chrono::steady_clock::now();
  std::atomic<int> count{0};
  for (int run = 0; run < 500; ++run) pool.run(8, [&](int, int) { count.fetch_add(1, std::memory_order_relaxed); });
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  CHECK(count.load() == 4000);
  CHECK_MESSAGE(seconds < 5.0, "500 runs of 8 tasks took ", seconds, " s");
}

TEST_CASE("thread pool: the machine has at least one hardware thread") {
  CHECK(descent::parallel::hardware_threads() >= 1);
}

}  // namespace
