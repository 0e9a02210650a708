// SPDX-License-Identifier: MIT
// CommandQueue and TripleBuffer with real threads: nothing lost or doubled, order kept for each producer, the reader
// only ever sees whole values and never goes back in time. The order checker is itself checked against broken orders.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "engine/parallel/command_queue.h"
#include "engine/parallel/triple_buffer.h"

namespace {

using descent::parallel::CommandQueue;
using descent::parallel::TripleBuffer;

struct Ticketed {
  int producer = 0;
  int number = 0;
};

// True when the numbers of each producer are 0, 1, 2, … count - 1 in this order.
bool in_order(const std::vector<Ticketed>& taken, int producers, int count) {
  std::vector<int> next(static_cast<std::size_t>(producers), 0);
  for (const Ticketed& item : taken) {
    if (item.number != next[static_cast<std::size_t>(item.producer)]++) return false;
  }
  for (const int reached : next) {
    if (reached != count) return false;
  }
  return true;
}

TEST_CASE("command queue: the order checker refuses swapped, lost and doubled commands") {
  CHECK(in_order({{0, 0}, {1, 0}, {0, 1}, {1, 1}}, 2, 2));
  CHECK_FALSE(in_order({{0, 1}, {1, 0}, {0, 0}, {1, 1}}, 2, 2));
  CHECK_FALSE(in_order({{0, 0}, {1, 0}, {0, 1}}, 2, 2));
  CHECK_FALSE(in_order({{0, 0}, {0, 0}, {1, 0}, {0, 1}, {1, 1}}, 2, 2));
}

TEST_CASE("command queue: oldest first, appended to what is there") {
  CommandQueue<int> queue;
  std::vector<int> out{7};
  queue.take_all(out);
  CHECK(out == std::vector<int>{7});
  for (int i = 0; i < 4; ++i) queue.push(i);
  queue.wait();  // returns at once
  queue.take_all(out);
  CHECK(out == std::vector<int>{7, 0, 1, 2, 3});
}

TEST_CASE("command queue: moves commands, and frees the ones nobody took") {
  CommandQueue<std::unique_ptr<int>> queue;
  queue.push(std::make_unique<int>(5));
  std::vector<std::unique_ptr<int>> out;
  queue.take_all(out);
  REQUIRE(out.size() == 1);
  CHECK(*out[0] == 5);
  queue.push(std::make_unique<int>(6));  // left behind: the leak checker looks after it
}

TEST_CASE("command queue: several producers, one sleeping consumer") {
  constexpr int kProducers = 3;
  constexpr int kCount = 4000;
  CommandQueue<Ticketed> queue;
  std::vector<std::thread> producers;
  for (int producer = 0; producer < kProducers; ++producer) {
    producers.emplace_back([&queue, producer] {
      for (int number = 0; number < kCount; ++number) queue.push({producer, number});
    });
  }
  std::vector<Ticketed> taken;
  while (taken.size() < kProducers * kCount) {
    queue.wait();
    queue.take_all(taken);
  }
  for (std::thread& producer : producers) producer.join();
  CHECK(in_order(taken, kProducers, kCount));
}

struct Wide {
  std::array<int, 64> values{};  // all equal in a whole value
};

bool whole(const Wide& wide) {
  for (const int value : wide.values) {
    if (value != wide.values[0]) return false;
  }
  return true;
}

TEST_CASE("triple buffer: the wholeness checker refuses a torn value") {
  Wide wide;
  CHECK(whole(wide));
  wide.values[63] = 1;
  CHECK_FALSE(whole(wide));
}

TEST_CASE("triple buffer: newest value, once") {
  TripleBuffer<int> buffer;
  CHECK_FALSE(buffer.refresh());
  CHECK(buffer.read() == 0);
  for (const int value : {1, 2, 3}) {
    buffer.write_buffer() = value;
    buffer.publish();
  }
  CHECK(buffer.refresh());
  CHECK(buffer.read() == 3);
  CHECK_FALSE(buffer.refresh());
  CHECK(buffer.read() == 3);
}

TEST_CASE("triple buffer: whole values that never go back, and the last one arrives") {
  constexpr int kLast = 20000;
  TripleBuffer<Wide> buffer;
  std::thread writer([&buffer] {
    for (int value = 1; value <= kLast; ++value) {
      buffer.write_buffer().values.fill(value);
      buffer.publish();
    }
  });
  int newest = 0;
  bool all_whole = true;
  bool never_back = true;
  while (newest < kLast) {
    if (!buffer.refresh()) {
      std::this_thread::yield();
      continue;
    }
    all_whole = all_whole && whole(buffer.read());
    never_back = never_back && buffer.read().values[0] > newest;
    newest = buffer.read().values[0];
  }
  writer.join();
  CHECK(all_whole);
  CHECK(never_back);
}

}  // namespace
