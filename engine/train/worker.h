// SPDX-License-Identifier: MIT
// Worker<Core>: puts a synchronous core (Race, Trainer, …) on a thread of its own. Commands are functions on the core,
// sent through a lock-free queue; the core's snapshot (plain data) comes back through a triple buffer. The page's main
// thread calls post() and snapshot() only, and neither ever waits. The core itself knows nothing of threads, so it is
// tested without any.
//
// A Core offers: using Snapshot; bool busy() const (has work of its own to do); void advance() (a slice of that work, a
// few milliseconds); void publish(Snapshot&) (brings a reused snapshot up to date); double publish_interval() const.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "engine/parallel/command_queue.h"
#include "engine/parallel/clock.h"
#include "engine/parallel/triple_buffer.h"

namespace descent::train {

template <class Core>
class Worker {
 public:
  using Snapshot = typename Core::Snapshot;
  using Command = std::function<void(Core&)>;

  // make_core runs on the new thread.
  explicit Worker(std::function<std::unique_ptr<Core>()> make_core)
      : thread_([this, make = std::move(make_core)] { run(*make()); }) {}
  ~Worker() {
    stop_.store(true, std::memory_order_release);
    queue_.push([](Core&) {});
    thread_.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Runs `command` on the worker's thread, after everything posted before by the same thread.
  void post(Command command) { queue_.push(std::move(command)); }

  // The newest snapshot. One reading thread only; the reference stays valid until its next call.
  const Snapshot& snapshot() {
    snapshots_.refresh();
    return snapshots_.read();
  }

 private:
  void run(Core& core) {
    std::vector<Command> batch;
    double published = -1;
    while (!stop_.load(std::memory_order_acquire)) {
      queue_.take_all(batch);
      const bool commanded = !batch.empty();
      for (Command& command : batch) command(core);
      batch.clear();
      const bool busy = core.busy();
      if (busy) core.advance();
      const double now = parallel::seconds_now();
      if (commanded || !core.busy() || now - published >= core.publish_interval()) {
        core.publish(snapshots_.write_buffer());
        snapshots_.publish();
        published = now;
      }
      if (!core.busy()) queue_.wait();
    }
  }

  parallel::CommandQueue<Command> queue_;
  parallel::TripleBuffer<Snapshot> snapshots_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace descent::train
