// SPDX-License-Identifier: MIT
// CommandQueue<C>: many producers, one consumer, unbounded. push() never waits and never locks (a lock-free linked list
// taken whole by the consumer and reversed), so the page's main thread may call it. Order is kept per producer.
#pragma once

#include <atomic>
#include <utility>
#include <vector>

#include "engine/parallel/signal.h"

namespace descent::parallel {

template <class Command>
class CommandQueue {
 public:
  CommandQueue() = default;
  CommandQueue(const CommandQueue&) = delete;
  CommandQueue& operator=(const CommandQueue&) = delete;
  ~CommandQueue() { free_list(head_.load(std::memory_order_acquire)); }

  void push(Command command) {
    Node* node = new Node{std::move(command), head_.load(std::memory_order_relaxed)};
    while (!head_.compare_exchange_weak(node->next, node, std::memory_order_release, std::memory_order_relaxed)) {
    }
    signal_.notify();
  }

  // Appends everything pushed so far to `out`, oldest first. Consumer only.
  void take_all(std::vector<Command>& out) {
    Node* node = head_.exchange(nullptr, std::memory_order_acquire);
    Node* reversed = nullptr;
    while (node != nullptr) {
      Node* next = std::exchange(node->next, reversed);
      reversed = std::exchange(node, next);
    }
    while (reversed != nullptr) {
      out.push_back(std::move(reversed->command));
      delete std::exchange(reversed, reversed->next);
    }
  }

  // Sleeps until something has been pushed (returns at once if anything is waiting). Consumer only.
  void wait() {
    const Signal::Ticket ticket = signal_.ticket();
    if (head_.load(std::memory_order_acquire) == nullptr) signal_.wait(ticket);
  }

  // The same for at most `seconds`. Consumer only.
  void wait_for(double seconds) {
    const Signal::Ticket ticket = signal_.ticket();
    if (head_.load(std::memory_order_acquire) == nullptr) signal_.wait_for(ticket, seconds);
  }

 private:
  struct Node {
    Command command;
    Node* next;
  };

  static void free_list(Node* node) {
    while (node != nullptr) delete std::exchange(node, node->next);
  }

  std::atomic<Node*> head_{nullptr};
  Signal signal_;
};

}  // namespace descent::parallel
