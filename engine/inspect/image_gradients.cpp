// SPDX-License-Identifier: MIT
// The layers run one by one on blocks of images, as for a single image's terms, whose sums these are, and backward no
// further than to the layer that the weight is in.
#include <algorithm>
#include <cstddef>

#include "engine/inspect/weight.h"
#include "engine/kernels/softmax.h"
#include "engine/nn/packed_operation.h"

namespace descent::inspect {
namespace {

// A block of images leaves this at a layer.
struct Made {
  std::vector<float> out, delta;
  std::vector<std::uint8_t> cache;
};

// Working memory of a thread.
struct Worker {
  std::vector<Made> made;
  nn::Scratch scratch;
  std::vector<nn::LocalTerm<float>> terms;
};

// Layers know which of them the weight is in.
class Layers {
 public:
  Layers(const nn::Network<float>& network, int layer, std::int64_t arena_index)
      : weight_layer_(network.layer(layer)),
        at_(static_cast<std::size_t>(layer)),
        parameter_(arena_index - network.parameter_offset(layer)) {
    for (int i = 0; i < static_cast<int>(network.spec().layers.size()); ++i)
      layers_.emplace_back(network.layer(i), network.parameters().data() + network.parameter_offset(i), i > layer);
  }

  // images: (n, input size), n at most kBlockImages; as many labels and gradients.
  void run(std::span<const float> images, std::span<const std::uint16_t> labels, std::span<float> gradients,
           Worker& worker) const;

 private:
  const nn::Layer<float>& weight_layer_;
  std::size_t at_;  // its place
  std::vector<nn::PackedOperation<float>> layers_;
  std::int64_t parameter_;  // of the layer's own
};

void Layers::run(std::span<const float> images, std::span<const std::uint16_t> labels, std::span<float> gradients,
                 Worker& worker) const {
  const int n = static_cast<int>(labels.size());
  std::vector<Made>& made = worker.made;
  made.resize(layers_.size());
  const auto size = [&](std::size_t i) { return static_cast<std::size_t>(layers_[i].operation().output().size()); };
  const auto cache = [&](std::size_t i) { return static_cast<std::size_t>(layers_[i].needs().cache_bytes); };
  const auto input = [&](std::size_t i) { return i == 0 ? images.data() : made[i - 1].out.data(); };
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    made[i].out.resize(labels.size() * size(i));
    if (i >= at_) made[i].delta.resize(labels.size() * size(i));
    made[i].cache.resize(labels.size() * cache(i));
    layers_[i].forward(n, input(i), made[i].out.data(), made[i].cache.data(), worker.scratch);
  }
  const std::size_t classes = size(layers_.size() - 1);
  for (std::size_t k = 0; k < labels.size(); ++k)
    kernels::cross_entropy_gradient(static_cast<int>(classes), made.back().out.data() + k * classes, labels[k], 1,
                                    made.back().delta.data() + k * classes);
  for (std::size_t i = layers_.size() - 1; i > at_; --i)
    layers_[i].backward(n,
                        {.in = input(i),
                         .out = made[i].out.data(),
                         .dout = made[i].delta.data(),
                         .din = made[i - 1].delta.data(),
                         .cache = made[i].cache.data()},
                        worker.scratch);
  const auto in_size = static_cast<std::size_t>(weight_layer_.input().size());
  const Made& here = made[at_];
  for (std::size_t k = 0; k < labels.size(); ++k) {
    worker.terms.clear();
    weight_layer_.outputs_of_parameter({.values = layers_[at_].values(),
                                        .in = input(at_) + k * in_size,
                                        .out = here.out.data() + k * size(at_),
                                        .cache = here.cache.data() + k * cache(at_)},
                                       parameter_, worker.terms);
    double sum = 0;
    for (const nn::LocalTerm<float>& term : worker.terms)
      sum += static_cast<double>(term.derivative) *
             static_cast<double>(here.delta[k * size(at_) + static_cast<std::size_t>(term.unit)]);
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
  const Layers layers(network, layer, arena_index);
  std::vector<float> gradients(labels.size());
  std::vector<Worker> workers(static_cast<std::size_t>(pool.threads()));
  const auto blocks = static_cast<int>((labels.size() + nn::kBlockImages - 1) / nn::kBlockImages);
  pool.run(blocks, [&](int task, int worker) {
    const std::size_t first = static_cast<std::size_t>(task) * nn::kBlockImages;
    const std::size_t n = std::min<std::size_t>(nn::kBlockImages, labels.size() - first);
    layers.run(images.subspan(first * size, n * size), labels.subspan(first, n), std::span(gradients).subspan(first, n),
               workers[static_cast<std::size_t>(worker)]);
  });
  return gradients;
}

}  // namespace descent::inspect
