// SPDX-License-Identifier: MIT
// Signal on the two things it can stand on: the wasm instructions memory.atomic.wait32 / memory.atomic.notify, and the
// Linux futex. Both compare the word with the ticket under the kernel's own lock, so a notify between taking the ticket
// and going to sleep is never lost. Elsewhere: std::atomic::wait, and polling where a limit is asked for.
#include "engine/parallel/signal.h"

#include <algorithm>

#if defined(__EMSCRIPTEN__)
#elif defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <ctime>
#else
#include <chrono>
#include <thread>
#endif

namespace descent::parallel {

namespace {

// Longer limits mean nothing to a caller and would overflow the platforms' nanoseconds.
constexpr double kLongestWait = 1e6;

// NaN counts as no time at all.
double limited(double seconds) {
  return seconds > 0 ? std::min(seconds, kLongestWait) : 0.0;
}

using Word = std::atomic<Signal::Ticket>;
static_assert(sizeof(Word) == 4 && Word::is_always_lock_free, "the word is handed to the platform as 32 plain bits");

#if defined(__EMSCRIPTEN__)

// timeout in nanoseconds, negative: none.
void sleep_while_equal(Word& word, Signal::Ticket ticket, long long timeout) {
  __builtin_wasm_memory_atomic_wait32(reinterpret_cast<int*>(&word), static_cast<int>(ticket), timeout);
}

void wake_all(Word& word) {
  __builtin_wasm_memory_atomic_notify(reinterpret_cast<int*>(&word), ~0U);
}

#elif defined(__linux__)

void sleep_while_equal(Word& word, Signal::Ticket ticket, const timespec* timeout) {
  syscall(SYS_futex, reinterpret_cast<Signal::Ticket*>(&word), FUTEX_WAIT_PRIVATE, ticket, timeout, nullptr, 0);
}

void wake_all(Word& word) {
  syscall(SYS_futex, reinterpret_cast<Signal::Ticket*>(&word), FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

#endif

}  // namespace

#if defined(__EMSCRIPTEN__)

void Signal::notify() {
  count_.fetch_add(1, std::memory_order_seq_cst);
  wake_all(count_);
}

void Signal::wait(Ticket ticket) {
  while (count_.load(std::memory_order_seq_cst) == ticket) sleep_while_equal(count_, ticket, -1);
}

void Signal::wait_for(Ticket ticket, double seconds) {
  if (count_.load(std::memory_order_seq_cst) != ticket) return;
  sleep_while_equal(count_, ticket, static_cast<long long>(limited(seconds) * 1e9));
}

#elif defined(__linux__)

void Signal::notify() {
  count_.fetch_add(1, std::memory_order_seq_cst);
  wake_all(count_);
}

void Signal::wait(Ticket ticket) {
  while (count_.load(std::memory_order_seq_cst) == ticket) sleep_while_equal(count_, ticket, nullptr);
}

void Signal::wait_for(Ticket ticket, double seconds) {
  if (count_.load(std::memory_order_seq_cst) != ticket) return;
  const double limit = limited(seconds);
  timespec timeout{};
  timeout.tv_sec = static_cast<std::time_t>(limit);
  timeout.tv_nsec = static_cast<long>((limit - static_cast<double>(timeout.tv_sec)) * 1e9);
  sleep_while_equal(count_, ticket, &timeout);
}

#else

void Signal::notify() {
  count_.fetch_add(1, std::memory_order_seq_cst);
  count_.notify_all();
}

void Signal::wait(Ticket ticket) {
  count_.wait(ticket, std::memory_order_seq_cst);
}

void Signal::wait_for(Ticket ticket, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(limited(seconds));
  while (count_.load(std::memory_order_seq_cst) == ticket && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

#endif

}  // namespace descent::parallel
