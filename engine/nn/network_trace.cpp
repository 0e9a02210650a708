// SPDX-License-Identifier: MIT
// One image through a network and back. A trace goes layer by layer as people see them: nothing is fused, nothing
// shares memory, so that every output and every delta can be shown. Dropout is off.
#include <algorithm>
#include <cstddef>

#include "engine/core/check.h"
#include "engine/nn/network_impl.h"
#include "engine/nn/packed_operation.h"

namespace descent::nn {
namespace {

// An output and a cache for this operation, to be filled.
template <class T>
void append_room(const Operation<T>& operation, Trace<T>& trace) {
  trace.outputs.emplace_back(static_cast<std::size_t>(operation.output().size()));
  trace.caches.emplace_back(static_cast<std::size_t>(operation.needs().cache_bytes));
}

template <class T>
BackwardArrays<T> arrays_at(const Trace<T>& trace, std::size_t i) {
  return {.in = i == 0 ? trace.image.data() : trace.outputs[i - 1].data(),
          .out = trace.outputs[i].data(),
          .cache = trace.caches[i].data()};
}

}  // namespace

template <class T>
Trace<T> Network<T>::trace(std::span<const T> image) const {
  DESCENT_ASSERT(static_cast<std::int64_t>(image.size()) == input_size());
  Trace<T> trace{.image = {image.begin(), image.end()}};
  for (const auto& layer : impl_->layers) append_room(*layer, trace);
  retrace(trace, 0);
  return trace;
}

template <class T>
void Network<T>::retrace(Trace<T>& trace, int first) const {
  Scratch scratch;
  for (auto i = static_cast<std::size_t>(first); i < impl_->layers.size(); ++i) {
    const PackedOperation<T> layer(*impl_->layers[i], impl_->parameters.data() + impl_->parameter_offsets[i], false);
    layer.forward(1, arrays_at(trace, i).in, trace.outputs[i].data(), trace.caches[i].data(), scratch);
  }
}

template <class T>
BackTrace<T> Network<T>::trace_back(const Trace<T>& trace, std::span<const T> dlogits, std::span<T> parameters) const {
  DESCENT_ASSERT(static_cast<int>(dlogits.size()) == classes());
  DESCENT_ASSERT(parameters.empty() || parameters.size() == impl_->parameters.size());
  std::fill(parameters.begin(), parameters.end(), T{0});
  BackTrace<T> back;
  Scratch scratch;
  for (const auto& layer : impl_->layers) back.deltas.emplace_back(static_cast<std::size_t>(layer->output().size()));
  back.image.resize(trace.image.size());
  std::copy(dlogits.begin(), dlogits.end(), back.deltas.back().begin());
  for (std::size_t i = impl_->layers.size(); i-- > 0;) {
    const Layer<T>& layer = *impl_->layers[i];
    const std::int64_t offset = impl_->parameter_offsets[i];
    T* dparameters = parameters.empty() ? nullptr : parameters.data() + offset;
    BackwardArrays<T> arrays = arrays_at(trace, i);
    arrays.dout = back.deltas[i].data();
    arrays.din = i == 0 ? back.image.data() : back.deltas[i - 1].data();
    if (!layer.needs().whole_batch_gradient) arrays.dparameters = dparameters;
    PackedOperation<T>(layer, impl_->parameters.data() + offset, true).backward(1, arrays, scratch);
    if (dparameters == nullptr) continue;
    for (int task = 0; task < layer.gradient_tasks(); ++task)
      layer.gradient_task(task, 1, arrays.in, arrays.dout, true, dparameters);
  }
  return back;
}

// The planned steps, whose fused operations skip what pooling does not let through, make this more than twice as fast
// as the layers would. One function at a time: a block of them gains nothing, as no step's weights leave the caches.
template <class T>
std::vector<T> Network<T>::image_gradients(std::span<const T> image, std::span<const T> dlogits) const {
  DESCENT_ASSERT(static_cast<std::int64_t>(image.size()) == input_size());
  DESCENT_ASSERT(dlogits.size() % static_cast<std::size_t>(classes()) == 0);
  const auto& steps = impl_->plan.steps;
  Trace<T> trace{.image = {image.begin(), image.end()}};
  std::vector<PackedOperation<T>> operations;
  Scratch scratch;
  std::size_t largest = image.size();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    operations.emplace_back(*steps[i].operation, impl_->parameters.data() + steps[i].parameters, true);
    append_room(*steps[i].operation, trace);
    operations[i].forward(1, arrays_at(trace, i).in, trace.outputs[i].data(), trace.caches[i].data(), scratch);
    largest = std::max(largest, trace.outputs[i].size());
  }
  const std::size_t functions = dlogits.size() / static_cast<std::size_t>(classes());
  std::vector<T> gradients(functions * image.size()), dout(largest), din(largest);
  for (std::size_t f = 0; f < functions; ++f) {
    std::copy_n(dlogits.begin() + static_cast<std::ptrdiff_t>(f) * classes(), classes(), dout.begin());
    for (std::size_t i = steps.size(); i-- > 0; dout.swap(din)) {
      BackwardArrays<T> arrays = arrays_at(trace, i);
      arrays.dout = dout.data();
      arrays.din = din.data();
      operations[i].backward(1, arrays, scratch);
    }
    std::copy_n(dout.begin(), image.size(), gradients.begin() + static_cast<std::ptrdiff_t>(f * image.size()));
  }
  return gradients;
}

template Trace<float> Network<float>::trace(std::span<const float>) const;
template Trace<double> Network<double>::trace(std::span<const double>) const;
template void Network<float>::retrace(Trace<float>&, int) const;
template void Network<double>::retrace(Trace<double>&, int) const;
template BackTrace<float> Network<float>::trace_back(const Trace<float>&, std::span<const float>,
                                                     std::span<float>) const;
template BackTrace<double> Network<double>::trace_back(const Trace<double>&, std::span<const double>,
                                                       std::span<double>) const;
template std::vector<float> Network<float>::image_gradients(std::span<const float>, std::span<const float>) const;
template std::vector<double> Network<double>::image_gradients(std::span<const double>, std::span<const double>) const;

}  // namespace descent::nn
