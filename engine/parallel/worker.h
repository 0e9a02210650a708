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

namespace descent::parallel {

template <class Core>
class Worker {
 public:
  using Snapshot = typename Core::Snapshot;
  using Command = std::function<void(Core&)>;

  // make_core runs on the new thread, once for each core.
  explicit Worker(std::function<std::unique_ptr<Core>()> make_core)
      : make_core_(std::move(make_core)), thread_([this] { run(); }) {}
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

  // The same, on a new core in the place of the present one; nothing of that one is left, in snapshots neither.
  void restart(Command command) {
    post([this, command = std::move(command)](Core&) { restarted_ = command; });
  }

  // The newest snapshot. One reading thread only; the reference stays valid until its next call.
  const Snapshot& snapshot() {
    if (snapshots_.refresh()) ++snapshots_read_;
    return snapshots_.read().snapshot;
  }
  // The snapshot last read, as it stays until the next call of snapshot(). Reading thread only.
  [[nodiscard]] const Snapshot& last_read() const { return snapshots_.read().snapshot; }
  // snapshots_read() counts the different snapshots read so far. Reading thread only.
  [[nodiscard]] std::uint64_t snapshots_read() const { return snapshots_read_; }
  // True when the snapshot last read shows the effect of everything posted so far. Reading thread only.
  [[nodiscard]] bool settled() const { return snapshots_.read().handled == posted_.load(std::memory_order_relaxed); }

 private:
  struct Stamped {
    Snapshot snapshot;
    std::uint64_t handled = 0;  // commands run before it was published
    std::uint64_t core = 0;     // whose it is: cores are counted from 1
  };

  void run() {
    std::unique_ptr<Core> core = make_core_();
    std::uint64_t core_number = 1;
    std::vector<Command> batch;
    std::uint64_t handled = 0;
    double published = -1;
    bool changed = true;  // since the last publication
    while (!stop_.load(std::memory_order_acquire)) {
      queue_.take_all(batch);
      const bool commanded = !batch.empty();
      for (Command& command : batch) {
        command(*core);
        if (!restarted_) continue;
        core.reset();  // before the next one is made: its threads end, its memory is free
        core = make_core_();
        ++core_number;
        std::exchange(restarted_, nullptr)(*core);
      }
      handled += batch.size();
      batch.clear();
      changed |= commanded;
      if (core->busy() && idle_seconds(*core) <= 0) {
        core->advance();
        changed = true;
      }
      const double now = parallel::seconds_now();
      const double until_publish = published + core->publish_interval() - now;
      if (changed && (commanded || !core->busy() || until_publish <= 0)) {
        publish(*core, core_number, handled);
        published = now;
        changed = false;
      }
      sleep(*core, changed ? until_publish : kForever);
    }
  }

  // A snapshot of an earlier core is not brought up to date but made anew: what a core skips as unchanged it knows from
  // versions that only itself has given out.
  void publish(Core& core, std::uint64_t number, std::uint64_t handled) {
    Stamped& buffer = snapshots_.write_buffer();
    if (std::exchange(buffer.core, number) != number) buffer.snapshot = Snapshot{};
    core.publish(buffer.snapshot);
    buffer.handled = handled;
    snapshots_.publish();
  }

  // sleep() lasts until a command comes, the core's next work is due, or the pending publication is (`until_publish`
  // seconds).
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
  std::function<std::unique_ptr<Core>()> make_core_;  // worker's thread only, as the next one
  Command restarted_;  // what the new core is to do first; empty: no restart is asked for
  std::thread thread_;
};

}  // namespace descent::parallel
