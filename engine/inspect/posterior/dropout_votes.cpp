// SPDX-License-Identifier: MIT
#include "engine/inspect/posterior/dropout_votes.h"

#include <algorithm>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/param_spec.h"
#include "engine/core/rng.h"
#include "engine/inspect/posterior/posterior.h"
#include "engine/kernels/elementwise.h"
#include "engine/nn/layer.h"
#include "engine/parallel/clock.h"

namespace descent::inspect {
namespace {

constexpr std::uint64_t kStream = 0x64726F70206F7574ULL;  // "drop out"
constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;
constexpr int kPasses = 8, kRound = 64;  // passes of a task, and between two looks at the clock

// The rate of a dropout layer; 0 of any other. The network was built: its parameters are in order.
double rate_of(const nn::LayerSpec& layer) {
  if (layer.type != "dropout") return 0;
  return core::resolve_params(layer.type, nn::find_layer_type(layer.type)->info->parameters, layer.parameters)->front();
}

}  // namespace

bool has_dropout(const nn::NetworkSpec& spec) {
  return std::any_of(spec.layers.begin(), spec.layers.end(),
                     [](const nn::LayerSpec& layer) { return rate_of(layer) > 0; });
}

core::Result<DropoutVotes> DropoutVotes::start(const nn::Network<float>& network, std::span<const float> image,
                                               int samples, std::uint64_t seed) {
  DESCENT_ASSERT(samples >= 1 && samples <= kMaxVotes);
  DESCENT_ASSERT(static_cast<std::int64_t>(image.size()) == network.input_size());
  if (!has_dropout(network.spec()))
    return core::Error{"this network has no dropout layer, so there is nothing to draw: add one, or take laplace"};
  core::Result<nn::Network<float>> copy = nn::Network<float>::build(network.spec());
  if (!copy.ok()) return copy.error();
  std::copy(network.parameters().begin(), network.parameters().end(), copy->parameters().begin());
  return DropoutVotes(std::move(*copy), image, samples, seed);
}

DropoutVotes::DropoutVotes(nn::Network<float> network, std::span<const float> image, int samples, std::uint64_t seed)
    : network_(std::move(network)),
      samples_(samples),
      seed_(seed),
      logits_(static_cast<std::size_t>(kRound * network_.classes())),
      count_(network_.classes()) {
  const std::vector<nn::LayerSpec>& layers = network_.spec().layers;
  const auto parameters = std::as_const(network_).parameters();
  const auto next = [&](std::size_t from) {
    while (from < layers.size() && rate_of(layers[from]) == 0) ++from;
    return from;
  };
  const std::size_t first = next(0);
  nn::LayerRange<float>::Memory memory;
  const nn::LayerRange<float> before = network_.range(0, static_cast<int>(first), parameters);
  const float* values = before.run(1, image.data(), memory);
  before_.assign(values, values + before.output_size());
  for (std::size_t at = first; at < layers.size();) {
    const std::size_t end = next(at + 1);
    parts_.push_back(
        {rate_of(layers[at]), network_.range(static_cast<int>(at) + 1, static_cast<int>(end), parameters)});
    at = end;
  }
}

bool DropoutVotes::advance(parallel::ThreadPool& pool, double seconds) {
  if (done_ == samples_) return false;
  workers_.resize(std::max(workers_.size(), static_cast<std::size_t>(pool.threads())));
  const auto classes = static_cast<std::size_t>(network_.classes());
  const double end = parallel::seconds_now() + seconds;
  do {
    const int count = std::min(kRound, samples_ - done_);
    pool.run((count + kPasses - 1) / kPasses, [&](int task, int worker) {
      const int first = task * kPasses;
      run(first, std::min(kPasses, count - first), workers_[static_cast<std::size_t>(worker)]);
    });
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
      count_.add(std::span(logits_).subspan(i * classes, classes));
    done_ += count;
  } while (done_ < samples_ && parallel::seconds_now() < end);
  return done_ < samples_;
}

void DropoutVotes::run(int first, int count, Worker& worker) {
  worker.memories.resize(parts_.size());
  const float* values = nullptr;
  for (std::size_t k = 0; k < parts_.size(); ++k) {
    const Part& part = parts_[k];
    const std::int64_t size = part.layers.input_size();
    const auto n = static_cast<std::size_t>(size);
    worker.values.resize(n * static_cast<std::size_t>(count));
    worker.kept.resize(n);
    const std::uint64_t key = core::Rng(seed_, kStream + k).next();
    for (int i = 0; i < count; ++i) {
      // A mask of its own for each pass and layer, whoever makes the pass.
      kernels::dropout_mask(size, part.rate, key + static_cast<std::uint64_t>(done_ + first + i + 1) * kGolden,
                            worker.kept.data());
      kernels::dropout_apply(size, k == 0 ? before_.data() : values + i * size, worker.kept.data(),
                             static_cast<float>(1 / (1 - part.rate)), worker.values.data() + i * size);
    }
    values = part.layers.run(count, worker.values.data(), worker.memories[k]);
  }
  const std::int64_t classes = network_.classes();
  std::copy(values, values + count * classes, logits_.data() + first * classes);
}

}  // namespace descent::inspect
