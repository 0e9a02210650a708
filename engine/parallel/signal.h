// SPDX-License-Identifier: MIT
// Signal: an event count. A consumer takes a ticket, looks whether there is work, and sleeps only if nothing was
// notified since the ticket. notify() never waits: on the web it is one atomic add and one wake (memory.atomic.notify),
// which the page's main thread may do; wait() may only be called from worker threads.
#pragma once

#include <atomic>
#include <cstdint>

namespace descent::parallel {

class Signal {
 public:
  using Ticket = std::uint32_t;

  [[nodiscard]] Ticket ticket() const { return count_.load(std::memory_order_seq_cst); }
  void notify();
  // Returns when notify() has been called since `ticket` was taken (it may also return early).
  void wait(Ticket ticket);
  // The same with a limit; used by loops that also have periodic work.
  void wait_for(Ticket ticket, double seconds);

 private:
  std::atomic<Ticket> count_{0};
};

}  // namespace descent::parallel
