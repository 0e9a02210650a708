// SPDX-License-Identifier: MIT
// A training step allocates nothing: operator new is replaced by one that counts, for this whole test program.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/nn/networks.h"

namespace {

std::atomic<long> allocations{0};

void* counted(std::size_t size, std::size_t alignment) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
  if (memory == nullptr) std::abort();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) {
  return counted(size, alignof(std::max_align_t));
}
void* operator new[](std::size_t size) {
  return counted(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

using namespace descent;

TEST_CASE("a training step allocates nothing, nor does an evaluation") {
  constexpr int kImages = 32;
  nn::Network<float> network = testing::build<float>(testing::mixed_network(0.2));
  const std::vector<float> images = testing::random_images<float>(network.spec(), kImages);
  const std::vector<std::uint16_t> labels = testing::random_labels(4, kImages);
  std::vector<float> probabilities(kImages * 4);
  parallel::ThreadPool pool(2);
  network.loss_and_gradients(images, labels, 0, pool);  // brings the second thread's arenas
  const long before = allocations.load();
  for (std::uint64_t step = 1; step < 4; ++step) network.loss_and_gradients(images, labels, step, pool);
  network.loss_and_gradients(std::span(images).first(images.size() / 4), std::span(labels).first(kImages / 4), 9, pool);
  network.evaluate(images, labels, probabilities, pool);
  CHECK(allocations.load() == before);
  // The counter counts.
  const std::vector<int> something(3);
  CHECK(allocations.load() > before);
}
