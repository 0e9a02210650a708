// SPDX-License-Identifier: MIT
// The layers run on blocks of images, their weights packed once for all, and backward no further than to the layer that
// the weight is in.
#include <algorithm>
#include <cstddef>

#include "engine/core/aligned.h"
#include "engine/inspect/weight.h"
#include "engine/kernels/softmax.h"
#include "engine/nn/layer.h"

namespace descent::inspect {
namespace {

using nn::kBlockImages;

// Stage is a layer with its parameters.
struct Stage {
  const nn::Layer<float>* layer = nullptr;
  const float* values = nullptr;
  std::vector<float> packed;

  [[nodiscard]] nn::LayerParameters<float> parameters() const { return {values, packed.data()}; }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(layer->output().size()); }
  [[nodiscard]] std::size_t cache() const { return static_cast<std::size_t>(layer->needs().cache_bytes); }
};

// Made is what a block of images leaves at a stage.
struct Made {
  std::vector<float> out, delta;
  std::vector<std::uint8_t> cache;
  core::AlignedVector<std::byte> scratch;
};

std::vector<Stage> stages_of(const nn::Network<float>& network) {
  std::vector<Stage> stages(network.spec().layers.size());
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const auto layer = static_cast<int>(i);
    stages[i].layer = &network.layer(layer);
    stages[i].values = network.parameters().data() + network.parameter_offset(layer);
    stages[i].packed.resize(static_cast<std::size_t>(stages[i].layer->needs().packed));
    for (int part = 0; part < nn::kPackParts; ++part)
      stages[i].layer->pack(stages[i].values, stages[i].packed.data(), part, true);
  }
  return stages;
}

// images: (n, input size), n at most kBlockImages; as many labels and gradients.
void take_block(const std::vector<Stage>& stages, std::span<const float> images, std::span<const std::uint16_t> labels,
                std::size_t weight_layer, std::int64_t parameter, std::span<float> gradients) {
  const std::size_t n = labels.size();
  std::vector<Made> made(stages.size());
  const auto block = [&](std::size_t i) {
    return nn::Block<float>{.images = static_cast<int>(n), .scratch = made[i].scratch.data()};
  };
  const auto input = [&](std::size_t i) { return i == 0 ? images.data() : made[i - 1].out.data(); };
  for (std::size_t i = 0; i < stages.size(); ++i) {
    made[i].out.resize(n * stages[i].size());
    made[i].delta.resize(n * stages[i].size());
    made[i].cache.resize(n * stages[i].cache());
    made[i].scratch.resize(static_cast<std::size_t>(stages[i].layer->needs().scratch_bytes));
    stages[i].layer->forward(block(i), stages[i].parameters(), input(i), made[i].out.data(), made[i].cache.data());
  }
  const std::size_t classes = stages.back().size();
  for (std::size_t k = 0; k < n; ++k)
    kernels::cross_entropy_gradient(static_cast<int>(classes), made.back().out.data() + k * classes, labels[k], 1,
                                    made.back().delta.data() + k * classes);
  for (std::size_t i = stages.size() - 1; i > weight_layer; --i)
    stages[i].layer->backward(block(i), stages[i].parameters(),
                              {.in = input(i),
                               .out = made[i].out.data(),
                               .dout = made[i].delta.data(),
                               .din = made[i - 1].delta.data(),
                               .cache = made[i].cache.data()});
  const Stage& stage = stages[weight_layer];
  const Made& here = made[weight_layer];
  const auto in_size = static_cast<std::size_t>(stage.layer->input().size());
  std::vector<nn::LocalTerm<float>> terms;
  for (std::size_t k = 0; k < n; ++k) {
    terms.clear();
    stage.layer->outputs_of_parameter({.values = stage.values,
                                       .in = input(weight_layer) + k * in_size,
                                       .out = here.out.data() + k * stage.size(),
                                       .cache = here.cache.data() + k * stage.cache()},
                                      parameter, terms);
    double sum = 0;
    for (const nn::LocalTerm<float>& term : terms)
      sum += static_cast<double>(term.derivative) *
             static_cast<double>(here.delta[k * stage.size() + static_cast<std::size_t>(term.unit)]);
    gradients[k] = static_cast<float>(sum);
  }
}

}  // namespace

std::vector<float> image_gradients(const nn::Network<float>& network, std::span<const float> images,
                                   std::span<const std::uint16_t> labels, std::int64_t arena_index,
                                   parallel::ThreadPool& pool) {
  const auto size = static_cast<std::size_t>(network.input_size());
  int layer = 0;
  for (const nn::ParameterInfo& info : network.parameter_infos())
    if (info.offset <= arena_index) layer = info.layer;
  const std::vector<Stage> stages = stages_of(network);
  std::vector<float> gradients(labels.size());
  const auto blocks = static_cast<int>((labels.size() + kBlockImages - 1) / kBlockImages);
  pool.run(blocks, [&](int task, int) {
    const std::size_t first = static_cast<std::size_t>(task) * kBlockImages;
    const std::size_t n = std::min<std::size_t>(kBlockImages, labels.size() - first);
    take_block(stages, images.subspan(first * size, n * size), labels.subspan(first, n),
               static_cast<std::size_t>(layer), arena_index - network.parameter_offset(layer),
               std::span(gradients).subspan(first, n));
  });
  return gradients;
}

}  // namespace descent::inspect
