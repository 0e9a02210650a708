// SPDX-License-Identifier: MIT
// ThreadPool: runs a fixed number of independent tasks on `threads` threads, the caller being one of them. Which thread
// runs which task is not fixed; what a task computes must depend on its index alone, so results are the same bits for
// any number of threads. Idle threads spin briefly (a step's phases follow each other within microseconds), then sleep.
#pragma once

#include <cstddef>
#include <memory>

namespace descent::parallel {

class ThreadPool {
 public:
  // threads >= 1, the caller included: ThreadPool(1) starts no thread.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] int threads() const;

  // Calls fn(task, worker) for each task in [0, tasks), worker in [0, threads()); returns when all are done.
  // Not reentrant; one caller at a time. No allocation.
  template <class Fn>
  void run(int tasks, const Fn& fn) {
    run_erased(
        tasks, [](const void* self, int task, int worker) { (*static_cast<const Fn*>(self))(task, worker); }, &fn);
  }

 private:
  using Entry = void (*)(const void* self, int task, int worker);
  void run_erased(int tasks, Entry entry, const void* self);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Number of hardware threads, at least 1.
[[nodiscard]] int hardware_threads();

}  // namespace descent::parallel
