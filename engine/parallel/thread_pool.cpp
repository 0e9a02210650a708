// SPDX-License-Identifier: MIT
// A fork-join pool. One 64-bit word, the claim, holds (generation, tasks left): taking a task is one compare-exchange
// of (g, r) for (g, r - 1). It can only succeed while run g still has that task to give away, and until the task has
// been done the caller cannot leave run g, so the job's fields read before the exchange belong to run g. A thread that
// comes late fails the exchange and touches nothing. Sleeping is by event counts, one for each helper (a run of two
// tasks wakes one thread, not all) and one for the caller; each side publishes first and then looks, in sequentially
// consistent order.
#include "engine/parallel/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/check.h"
#include "engine/parallel/signal.h"

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace descent::parallel {

namespace {

using Clock = std::chrono::steady_clock;

// A training step's phases follow each other within tens of microseconds; waking a sleeper costs about as much.
constexpr std::chrono::microseconds kSpinWithCoreOfItsOwn{40};
// With more threads than cores a spinning thread holds up the one it waits for.
constexpr std::chrono::microseconds kSpinWhenCrowded{2};
// Reading the clock costs more than looking at the word; browsers may also round it to milliseconds, hence the cap.
constexpr int kLooksPerClock = 32;
constexpr int kMostLooks = 1 << 15;

void pause() {
#if defined(__x86_64__) || defined(__i386__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// Looks at `ready` until it is true or the time is up; says whether it was true.
template <class Ready>
bool spin_until(std::chrono::microseconds time, const Ready& ready) {
  if (ready()) return true;
  const Clock::time_point end = Clock::now() + time;
  for (int looks = 0; looks < kMostLooks; looks += kLooksPerClock) {
    for (int i = 0; i < kLooksPerClock; ++i) {
      if (ready()) return true;
      pause();
    }
    if (Clock::now() >= end) return false;
  }
  return false;
}

constexpr std::uint64_t kLeftMask = 0xFFFFFFFFULL;

}  // namespace

struct ThreadPool::Impl {
  struct alignas(core::kCacheLine) Helper {
    Signal wake;
    std::atomic<bool> asleep{false};
    std::thread thread;
  };

  explicit Impl(int threads)
      : helpers(static_cast<std::size_t>(threads - 1)),
        spin(threads <= hardware_threads() ? kSpinWithCoreOfItsOwn : kSpinWhenCrowded) {}

  // Takes and runs tasks until the run has none left to give away.
  void work(int worker);
  void help(int worker);
  void wake_helpers(int wanted);
  void wait_until_done(int total);
  [[nodiscard]] bool has_task() const { return (claim.load(std::memory_order_seq_cst) & kLeftMask) != 0; }

  std::vector<Helper> helpers;
  const std::chrono::microseconds spin;

  // The job; written by the caller between runs. Atomic because a late thread may read them while they change.
  std::atomic<Entry> entry{nullptr};
  std::atomic<const void*> self{nullptr};
  std::atomic<int> tasks{0};

  alignas(core::kCacheLine) std::atomic<std::uint64_t> claim{0};  // generation << 32 | tasks left to take
  alignas(core::kCacheLine) std::atomic<int> done{0};
  std::atomic<bool> caller_asleep{false};
  std::atomic<bool> stopping{false};
  Signal finished;
};

void ThreadPool::Impl::work(int worker) {
  std::uint64_t seen = claim.load(std::memory_order_acquire);
  while ((seen & kLeftMask) != 0) {
    const Entry job = entry.load(std::memory_order_relaxed);
    const void* context = self.load(std::memory_order_relaxed);
    const int total = tasks.load(std::memory_order_relaxed);
    if (!claim.compare_exchange_weak(seen, seen - 1, std::memory_order_acq_rel, std::memory_order_acquire)) continue;
    job(context, total - static_cast<int>(seen & kLeftMask), worker);
    const bool last = done.fetch_add(1, std::memory_order_seq_cst) + 1 == total;
    if (last && caller_asleep.load(std::memory_order_seq_cst)) finished.notify();
    seen = claim.load(std::memory_order_acquire);
  }
}

void ThreadPool::Impl::help(int worker) {
  Helper& me = helpers[static_cast<std::size_t>(worker - 1)];
  const auto called = [this] { return has_task() || stopping.load(std::memory_order_seq_cst); };
  while (!stopping.load(std::memory_order_seq_cst)) {
    if (!spin_until(spin, called)) {
      const Signal::Ticket ticket = me.wake.ticket();
      me.asleep.store(true, std::memory_order_seq_cst);
      if (!called()) me.wake.wait(ticket);
      me.asleep.store(false, std::memory_order_relaxed);
    }
    work(worker);
  }
}

// Helpers that are awake, or have been called and are on their way, come by themselves and count as called.
void ThreadPool::Impl::wake_helpers(int wanted) {
  for (Helper& helper : helpers) {
    if (wanted-- <= 0) return;
    if (helper.asleep.load(std::memory_order_seq_cst) && helper.asleep.exchange(false)) helper.wake.notify();
  }
}

void ThreadPool::Impl::wait_until_done(int total) {
  const auto all_done = [this, total] { return done.load(std::memory_order_seq_cst) == total; };
  if (spin_until(spin, all_done)) return;
  caller_asleep.store(true, std::memory_order_seq_cst);
  while (true) {
    const Signal::Ticket ticket = finished.ticket();
    if (all_done()) break;
    finished.wait(ticket);
  }
  caller_asleep.store(false, std::memory_order_relaxed);
}

ThreadPool::ThreadPool(int threads) {
  DESCENT_ASSERT(threads >= 1);
  impl_ = std::make_unique<Impl>(std::max(threads, 1));
  for (int worker = 1; worker < this->threads(); ++worker) {
    impl_->helpers[static_cast<std::size_t>(worker - 1)].thread = std::thread([this, worker] { impl_->help(worker); });
  }
}

ThreadPool::~ThreadPool() {
  impl_->stopping.store(true, std::memory_order_seq_cst);
  for (Impl::Helper& helper : impl_->helpers) helper.wake.notify();
  for (Impl::Helper& helper : impl_->helpers) helper.thread.join();
}

int ThreadPool::threads() const {
  return static_cast<int>(impl_->helpers.size()) + 1;
}

void ThreadPool::run_erased(int tasks, Entry entry, const void* self) {
  Impl& pool = *impl_;
  if (pool.helpers.empty() || tasks <= 1) {
    for (int task = 0; task < tasks; ++task) entry(self, task, 0);
    return;
  }
  pool.entry.store(entry, std::memory_order_relaxed);
  pool.self.store(self, std::memory_order_relaxed);
  pool.tasks.store(tasks, std::memory_order_relaxed);
  pool.done.store(0, std::memory_order_relaxed);
  const std::uint64_t generation = (pool.claim.load(std::memory_order_relaxed) >> 32) + 1;
  pool.claim.store(generation << 32 | static_cast<std::uint32_t>(tasks), std::memory_order_seq_cst);
  pool.wake_helpers(tasks - 1);
  pool.work(0);
  pool.wait_until_done(tasks);
}

int hardware_threads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace descent::parallel
