// SPDX-License-Identifier: MIT
// Worker<Core>: puts a synchronous core (Race, Trainer, …) on a thread of its own. Commands are functions on the core,
// sent through a lock-free queue; the core's snapshot (plain data) comes back through a triple buffer. The page's main
// thread calls post() and snapshot() only, and neither ever waits. The core itself knows nothing of threads, so it is
// tested without any.
//
// A Core offers: using Snapshot; bool busy() const (has work of its own to do); void advance() (a slice of that work, a
// few milliseconds); void publish(Snapshot&) (brings a reused snapshot up to date); double publish_interval() const.
// Optionally double idle_seconds() const: while busy, how long nothing will be due; the worker sleeps that long, or
// until a command comes. Every change is published within publish_interval(), also while the worker sleeps between
// steps.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "engine/parallel/clock.h"
#include "engine/parallel/command_queue.h"
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
  void post(Command command) {
    posted_.fetch_add(1, std::memory_order_relaxed);
    queue_.push(std::move(command));
  }

  // The newest snapshot. One reading thread only; the reference stays valid until its next call.
  const Snapshot& snapshot() {
    if (snapshots_.refresh()) ++snapshots_read_;
    return snapshots_.read().snapshot;
  }
  // How many different snapshots were read so far. Reading thread only.
  [[nodiscard]] std::uint64_t snapshots_read() const { return snapshots_read_; }
  // True when the snapshot last read shows the effect of everything posted so far. Reading thread only.
  [[nodiscard]] bool settled() const { return snapshots_.read().handled == posted_.load(std::memory_order_relaxed); }

 private:
  struct Stamped {
    Snapshot snapshot;
    std::uint64_t handled = 0;  // commands run before it was published
  };

  void run(Core& core) {
    std::vector<Command> batch;
    std::uint64_t handled = 0;
    double published = -1;
    bool changed = true;  // since the last publication
    while (!stop_.load(std::memory_order_acquire)) {
      queue_.take_all(batch);
      const bool commanded = !batch.empty();
      for (Command& command : batch) command(core);
      handled += batch.size();
      batch.clear();
      changed |= commanded;
      if (core.busy() && idle_seconds(core) <= 0) {
        core.advance();
        changed = true;
      }
      const double now = parallel::seconds_now();
      const double until_publish = published + core.publish_interval() - now;
      if (changed && (commanded || !core.busy() || until_publish <= 0)) {
        core.publish(snapshots_.write_buffer().snapshot);
        snapshots_.write_buffer().handled = handled;
        snapshots_.publish();
        published = now;
        changed = false;
      }
      sleep(core, changed ? until_publish : kForever);
    }
  }

  // Until a command comes, the core's next work is due, or the pending publication is (`until_publish` seconds).
  void sleep(const Core& core, double until_publish) {
    if (!core.busy()) {
      queue_.wait();
      return;
    }
    const double seconds = std::min(idle_seconds(core), until_publish);
    if (seconds > 0) queue_.wait_for(seconds);
  }

  static double idle_seconds(const Core& core) {
    if constexpr (requires { core.idle_seconds(); })
      return core.idle_seconds();
    else
      return 0;
  }

  static constexpr double kForever = 1e9;

  parallel::CommandQueue<Command> queue_;
  parallel::TripleBuffer<Stamped> snapshots_;
  std::atomic<std::uint64_t> posted_{0};
  std::uint64_t snapshots_read_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace descent::train
