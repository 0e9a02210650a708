// SPDX-License-Identifier: MIT
// Building a network from its specification, its memory, and access to what it holds.
#include "engine/nn/network.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "engine/core/fill.h"
#include "engine/core/memory.h"
#include "engine/nn/network_impl.h"

namespace descent::nn {
namespace {

// One reduce task owns this many elements of the shards' sum.
constexpr std::int64_t kSumElements = 4096;

}  // namespace

template <class T>
void Network<T>::Impl::list_tasks() {
  for (const Step<T>& step : plan.steps) {
    if (step.needs.packed > 0)
      for (int part = 0; part < kPackParts; ++part) pack_tasks.push_back({&step, part});
    if (step.parameter_count == 0) continue;
    if (step.needs.whole_batch_gradient) {
      for (int task = 0; task < step.operation->gradient_tasks(); ++task) reduce_tasks.push_back({&step, task});
      continue;
    }
    for (std::int64_t begin = 0; begin < step.parameter_count; begin += kSumElements)
      reduce_tasks.push_back({&step, -1, begin, std::min(kSumElements, step.parameter_count - begin)});
  }
}

template <class T>
void Network<T>::Impl::reserve(int images, int threads) {
  workspace.reserve(plan, std::min(images, kWaveImages), threads);
  const auto size = static_cast<std::size_t>(images) * static_cast<std::size_t>(classes());
  if (logits.size() < size) logits.resize(size);
}

template <class T>
core::Result<Network<T>> Network<T>::build(const NetworkSpec& spec) {
  std::vector<std::unique_ptr<Layer<T>>> layers;
  if (core::Status status = bind_layers<T>(spec, layers); !status.ok()) return status.error();
  std::int64_t parameters = 0;
  for (const auto& layer : layers) parameters += parameter_count(*layer);
  if (!core::room_for(2 * sizeof(T) * static_cast<std::uint64_t>(parameters)))
    return core::Error{core::fill("the page has no memory for {} parameters", parameters)};
  auto impl = std::make_unique<Impl>();
  impl->spec = spec;
  impl->layers = std::move(layers);
  impl->describe_parameters();
  impl->plan = make_plan<T>(impl->layers, impl->parameter_offsets);
  impl->list_tasks();
  return Network(std::move(impl));
}

template <class T>
std::int64_t Network<T>::memory_bytes() const {
  const auto bytes = [](const core::AlignedVector<T>& v) {
    return static_cast<std::int64_t>(v.capacity() * sizeof(T));
  };
  return bytes(impl_->parameters) + bytes(impl_->gradients) + bytes(impl_->logits) + impl_->workspace.bytes();
}

template <class T>
std::int64_t Network<T>::memory_for(int batch, int threads) const {
  const auto elements =
      static_cast<std::int64_t>(impl_->parameters.size() + impl_->gradients.size()) + std::int64_t{batch} * classes();
  return static_cast<std::int64_t>(sizeof(T)) * elements +
         Workspace<T>::bytes_for(impl_->plan, std::min(batch, kWaveImages), threads);
}

template <class T>
Network<T>::Network(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
template <class T>
Network<T>::Network(Network&&) noexcept = default;
template <class T>
Network<T>& Network<T>::operator=(Network&&) noexcept = default;
template <class T>
Network<T>::~Network() = default;

template <class T>
const NetworkSpec& Network<T>::spec() const {
  return impl_->spec;
}
template <class T>
std::int64_t Network<T>::input_size() const {
  return impl_->spec.input.size();
}
template <class T>
int Network<T>::classes() const {
  return impl_->classes();
}
template <class T>
Shape Network<T>::output_shape(int layer) const {
  return impl_->layers[static_cast<std::size_t>(layer)]->output();
}
template <class T>
const Layer<T>& Network<T>::layer(int i) const {
  return *impl_->layers[static_cast<std::size_t>(i)];
}
template <class T>
std::int64_t Network<T>::parameter_offset(int layer) const {
  return impl_->parameter_offsets[static_cast<std::size_t>(layer)];
}
template <class T>
std::span<const ParameterInfo> Network<T>::parameter_infos() const {
  return impl_->infos;
}
template <class T>
std::span<T> Network<T>::parameters() {
  return impl_->parameters;
}
template <class T>
std::span<const T> Network<T>::parameters() const {
  return impl_->parameters;
}
template <class T>
std::span<T> Network<T>::gradients() {
  return impl_->gradients;
}
template <class T>
std::span<const T> Network<T>::gradients() const {
  return impl_->gradients;
}
template <class T>
void Network<T>::plan(int batch) {
  impl_->reserve(batch, 1);
}
template <class T>
std::span<const T> Network<T>::logits() const {
  return {impl_->logits.data(), static_cast<std::size_t>(impl_->logits_images) * static_cast<std::size_t>(classes())};
}

template class Network<float>;
template class Network<double>;

}  // namespace descent::nn
