// SPDX-License-Identifier: MIT
// The batcher: each epoch is a permutation, different from epoch to epoch and from seed to seed, the same for the same
// seed; the tail is kept; any position can be entered; batch sizes may change. The permutation check is checked as
// well.
#include "engine/data/batcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/data/dataset.h"

namespace {

using descent::data::Batcher;
using Order = std::vector<std::uint32_t>;

bool is_permutation_of_range(Order order) {
  std::sort(order.begin(), order.end());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] != i) return false;
  }
  return true;
}

Order epoch_order(Batcher& batcher, std::int64_t batch_size) {
  Order order;
  const std::int64_t epoch = batcher.epoch();
  while (batcher.epoch() == epoch) {
    const Batcher::Batch batch = batcher.next(batch_size);
    CHECK(batch.epoch == epoch);
    CHECK(batch.position == static_cast<std::int64_t>(order.size()));
    CHECK(batch.last_of_epoch == (batcher.epoch() != epoch));
    order.insert(order.end(), batch.indices.begin(), batch.indices.end());
  }
  return order;
}

TEST_CASE("batcher: the permutation check refuses what is none") {
  CHECK(is_permutation_of_range({2, 0, 1}));
  CHECK_FALSE(is_permutation_of_range({2, 2, 1}));
  CHECK_FALSE(is_permutation_of_range({1, 2, 3}));
}

TEST_CASE("batcher: epochs are different permutations, and the same for the same seed") {
  Batcher batcher(100, 7);
  const Order first = epoch_order(batcher, 32);
  const Order second = epoch_order(batcher, 32);
  CHECK(first.size() == 100);
  CHECK(is_permutation_of_range(first));
  CHECK(is_permutation_of_range(second));
  CHECK(first != second);
  Order unshuffled(100);
  std::iota(unshuffled.begin(), unshuffled.end(), 0U);
  CHECK(first != unshuffled);
  Batcher again(100, 7);
  CHECK(epoch_order(again, 9) == first);  // the batch size does not change the order
  CHECK(epoch_order(again, 100) == second);
  Batcher other(100, 8);
  CHECK(epoch_order(other, 32) != first);
}

TEST_CASE("batcher: the last batch is what is left") {
  Batcher batcher(10, 1);
  CHECK(batcher.steps_per_epoch(4) == 3);
  CHECK(batcher.steps_per_epoch(5) == 2);
  CHECK(batcher.steps_per_epoch(100) == 1);
  for (const std::size_t expected : {4U, 4U, 2U, 4U}) CHECK(batcher.next(4).indices.size() == expected);
  CHECK(batcher.epoch() == 1);
  CHECK(batcher.position() == 4);
  CHECK(batcher.next(1000).indices.size() == 6);
}

TEST_CASE("batcher: any epoch and position can be entered directly") {
  Batcher walked(37, 3);
  for (int step = 0; step < 25; ++step) walked.next(5);
  Batcher jumped(37, 3);
  jumped.seek(walked.epoch(), walked.position());
  for (int step = 0; step < 20; ++step) {
    const Batcher::Batch a = walked.next(3 + step % 4);
    const Batcher::Batch b = jumped.next(3 + step % 4);
    CHECK(std::equal(a.indices.begin(), a.indices.end(), b.indices.begin(), b.indices.end()));
    CHECK(a.epoch == b.epoch);
    CHECK(a.position == b.position);
  }
}

TEST_CASE("batcher: the end of an epoch is the start of the next, and going back works") {
  Batcher batcher(6, 5);
  const Order first = epoch_order(batcher, 6);
  batcher.seek(0, 6);
  CHECK(batcher.epoch() == 1);
  CHECK(batcher.position() == 0);
  batcher.next(6);
  batcher.seek(0, 2);
  const Batcher::Batch batch = batcher.next(3);
  CHECK(Order(batch.indices.begin(), batch.indices.end()) == Order(first.begin() + 2, first.begin() + 5));
}

TEST_CASE("batcher: each example is equally likely to come first") {
  std::vector<int> first(5, 0);
  for (std::uint64_t seed = 0; seed < 5000; ++seed) ++first[Batcher(5, seed).next(1).indices[0]];
  for (const int count : first) {
    CHECK(count > 850);  // 1000 expected, standard deviation 28
    CHECK(count < 1150);
  }
}

TEST_CASE("dataset: a batch is gathered as floats in 0 to 1") {
  descent::data::Dataset dataset;
  dataset.height = 1;
  dataset.width = 2;
  dataset.images = {0, 255, 51, 1, 2, 3};
  dataset.labels = {4, 5, 6};
  std::vector<float> images(4);
  std::vector<std::uint16_t> labels(2);
  const Order indices{1, 0};
  descent::data::gather(dataset, descent::data::Layout::upright, indices, images, labels);
  CHECK(images == std::vector<float>{0.2F, 1.0F / 255.0F, 0.0F, 1.0F});
  CHECK(labels == std::vector<std::uint16_t>{5, 4});
}

TEST_CASE("dataset: transposed images are turned as they are read") {
  descent::data::Dataset dataset;
  dataset.height = dataset.width = 2;
  dataset.images = {255, 0, 51, 0, 0, 51, 0, 255};
  dataset.labels = {4, 5};
  std::vector<float> upright(4), turned(4);
  descent::data::read_image(dataset, descent::data::Layout::upright, 0, upright);
  descent::data::read_image(dataset, descent::data::Layout::transposed, 0, turned);
  CHECK(upright == std::vector<float>{1.0F, 0.0F, 0.2F, 0.0F});
  CHECK(turned == std::vector<float>{1.0F, 0.2F, 0.0F, 0.0F});
}

}  // namespace
