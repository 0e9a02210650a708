// SPDX-License-Identifier: MIT
// Network<T>: a feed-forward stack of layers with softmax cross-entropy, planned once per batch size. One arena each
// for parameters, gradients and activations; a training step allocates nothing. T = float runs the SIMD kernels, T =
// double the plain reference ones (gradient checks). Determinism: the work is cut into tasks by shape and batch size
// alone, and partial gradients are reduced in a fixed order, so results are the same bits for every thread count.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/nn/initialization.h"
#include "engine/nn/spec.h"
#include "engine/parallel/thread_pool.h"

namespace descent::nn {

// One parameter tensor: where it lies in the arena and how the outside names and orders it.
struct ParameterInfo {
  std::string name;                 // "0.weight", as in torch.nn.Sequential
  std::vector<std::int64_t> shape;  // torch's: OIHW for convolutions, (out, in) for dense layers, (out) for biases
  std::int64_t offset = 0;          // first element in parameters() and gradients()
  std::int64_t size = 0;
  int layer = 0;  // index in spec().layers
};

struct BatchLoss {
  double loss = 0;  // mean cross-entropy over the batch
  int correct = 0;  // images whose largest logit is the label
};

// One image's way through the layers, in the order of spec().layers, dropout off.
template <class T>
struct Trace {
  std::vector<T> image;
  std::vector<std::vector<T>> outputs;            // of each layer, (height, width, channels)
  std::vector<std::vector<std::uint8_t>> caches;  // what each layer keeps for the way back
};

// The way back of a function s of the logits.
template <class T>
struct BackTrace {
  std::vector<std::vector<T>> deltas;  // ∂s/∂output of each layer, (height, width, channels)
  std::vector<T> image;                // ∂s/∂image
};

template <class T>
class Layer;

inline constexpr int kMaxBatch = 4096;
inline constexpr int kMinClasses = 2;
inline constexpr int kMaxClasses = 1000;

template <class T>
class LayerRange;

template <class T>
class Network {
 public:
  // Checks every layer against the shape it receives; the error names the layer ("layer 3 (conv2d): kernel 5 does not
  // fit into 3x3x8").
  [[nodiscard]] static core::Result<Network> build(const NetworkSpec& spec);

  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;
  ~Network();

  [[nodiscard]] const NetworkSpec& spec() const;
  [[nodiscard]] std::int64_t input_size() const;  // elements an image
  [[nodiscard]] int classes() const;
  // Output shape of layer i (in the order of spec().layers).
  [[nodiscard]] Shape output_shape(int layer) const;
  // Layer i itself, for its local Jacobian, and its parameters, which begin at parameters()[parameter_offset(i)].
  [[nodiscard]] const Layer<T>& layer(int i) const;
  [[nodiscard]] std::int64_t parameter_offset(int layer) const;
  [[nodiscard]] std::span<const ParameterInfo> parameter_infos() const;

  // The flat arenas, in the engine's own order (see export_parameter for torch's).
  [[nodiscard]] std::span<T> parameters();
  [[nodiscard]] std::span<const T> parameters() const;
  [[nodiscard]] std::span<T> gradients();
  [[nodiscard]] std::span<const T> gradients() const;

  // Copies between an arena-like array (parameters, gradients, an optimizer's moments) and torch's element order.
  // arena: (parameters().size()); torch: (info.size).
  void export_parameter(const ParameterInfo& info, std::span<const T> arena, std::span<T> torch) const;
  void import_parameter(const ParameterInfo& info, std::span<const T> torch, std::span<T> arena) const;
  // Both say where one element lies: they translate between its number in torch's order and its index in the arena.
  [[nodiscard]] std::int64_t arena_index(const ParameterInfo& info, std::int64_t torch_index) const;
  [[nodiscard]] std::int64_t torch_index(const ParameterInfo& info, std::int64_t arena_index) const;

  // Each layer's own scheme (`init`: 0 = Glorot uniform, Keras' default, with zero bias; 1 = He normal; 2 = torch's
  // default; 3 = normal with deviation 0.01), seeded; the same for float and double up to rounding.
  void initialize(std::uint64_t seed);
  // initialization() says how initialize() draws a parameter.
  [[nodiscard]] const Initialization& initialization(const ParameterInfo& info) const;

  // Sizes activations and caches for batches of up to `batch` images. Called by the calls below when needed; a caller
  // that must not allocate later calls it first.
  void plan(int batch);

  // Forward and backward: gradients() = d(mean loss)/d(parameters). images: (n, input_size) in H,W,C; labels: (n).
  // dropout_step: a number that differs from step to step; dropout masks depend on (seed, dropout_step) alone.
  BatchLoss loss_and_gradients(std::span<const T> images, std::span<const std::uint16_t> labels,
                               std::uint64_t dropout_step, parallel::ThreadPool& pool);

  // Forward only, dropout off. probabilities: (n, classes) softmax, or empty. labels may be empty (loss 0).
  BatchLoss evaluate(std::span<const T> images, std::span<const std::uint16_t> labels, std::span<T> probabilities,
                     parallel::ThreadPool& pool);

  // Logits of the last forward pass: (n, classes).
  [[nodiscard]] std::span<const T> logits() const;

  // trace() is what the layers make of one image (input_size), layer by layer as the spec names them. Like the calls
  // below it is independent of the training activations: it uses its own buffers and may allocate.
  [[nodiscard]] Trace<T> trace(std::span<const T> image) const;
  // The same again from layer `first` on, for a trace whose earlier outputs, or whose parameters, have changed.
  void retrace(Trace<T>& trace, int first) const;
  // Takes the gradient of any function s of the logits, dlogits (classes), back to the image. parameters: the size of
  // parameters(), overwritten with ∂s/∂parameter; or empty.
  [[nodiscard]] BackTrace<T> trace_back(const Trace<T>& trace, std::span<const T> dlogits,
                                        std::span<T> parameters) const;
  // ∂s/∂image of several such functions. dlogits: (functions, classes), result: (functions, input_size).
  [[nodiscard]] std::vector<T> image_gradients(std::span<const T> image, std::span<const T> dlogits) const;

  // Layers [first, last) alone, with the parameters of an arena like parameters() (network_range.h).
  [[nodiscard]] LayerRange<T> range(int first, int last, std::span<const T> arena) const;

  // Bytes held by arenas and caches as planned now.
  [[nodiscard]] std::int64_t memory_bytes() const;
  // memory_for() is what memory_bytes() comes to with batches of so many images on so many threads.
  [[nodiscard]] std::int64_t memory_for(int batch, int threads) const;

 private:
  struct Impl;
  explicit Network(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

extern template class Network<float>;
extern template class Network<double>;

}  // namespace descent::nn
