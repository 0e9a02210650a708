// SPDX-License-Identifier: MIT
// Parameters of a network: where they lie, how they begin, and the way between the arena's order and torch's.
#include <cstddef>
#include <string>

#include "engine/core/check.h"
#include "engine/core/rng.h"
#include "engine/nn/network_impl.h"

namespace descent::nn {

template <class T>
void Network<T>::Impl::describe_parameters() {
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    parameter_offsets.push_back(offset);
    for (ParameterLayout& layout : layers[i]->parameters()) {
      infos.push_back({.name = std::to_string(i) + "." + std::string(layout.name),
                       .shape = layout.torch_shape,
                       .offset = offset,
                       .size = layout.size(),
                       .layer = static_cast<int>(i)});
      offset += layout.size();
      layouts.push_back(std::move(layout));
    }
  }
  parameters.assign(static_cast<std::size_t>(offset), T{0});
  gradients.assign(static_cast<std::size_t>(offset), T{0});
}

template <class T>
const ParameterLayout& Network<T>::Impl::layout_of(const ParameterInfo& info) const {
  std::size_t i = 0;
  while (infos[i].offset != info.offset) ++i;
  return layouts[i];
}

namespace {

// Calls fn(torch_index, arena_index) for every element, both counted from the parameter's first.
template <class Fn>
void for_each_element(const ParameterLayout& layout, const Fn& fn) {
  const auto& extents = layout.extents;
  const auto& strides = layout.strides;
  std::size_t torch = 0;
  for (std::int64_t a = 0; a < extents[0]; ++a)
    for (std::int64_t b = 0; b < extents[1]; ++b)
      for (std::int64_t c = 0; c < extents[2]; ++c)
        for (std::int64_t d = 0; d < extents[3]; ++d)
          fn(torch++, static_cast<std::size_t>(a * strides[0] + b * strides[1] + c * strides[2] + d * strides[3]));
}

}  // namespace

template <class T>
void Network<T>::export_parameter(const ParameterInfo& info, std::span<const T> arena, std::span<T> torch) const {
  DESCENT_ASSERT(arena.size() == impl_->parameters.size());
  DESCENT_ASSERT(static_cast<std::int64_t>(torch.size()) == info.size);
  const T* from = arena.data() + info.offset;
  for_each_element(impl_->layout_of(info), [&](std::size_t t, std::size_t a) { torch[t] = from[a]; });
}

template <class T>
void Network<T>::import_parameter(const ParameterInfo& info, std::span<const T> torch, std::span<T> arena) const {
  DESCENT_ASSERT(arena.size() == impl_->parameters.size());
  DESCENT_ASSERT(static_cast<std::int64_t>(torch.size()) == info.size);
  T* to = arena.data() + info.offset;
  for_each_element(impl_->layout_of(info), [&](std::size_t t, std::size_t a) { to[a] = torch[t]; });
}

template <class T>
std::int64_t Network<T>::arena_index(const ParameterInfo& info, std::int64_t torch_index) const {
  DESCENT_ASSERT(torch_index >= 0 && torch_index < info.size);
  const ParameterLayout& layout = impl_->layout_of(info);
  std::int64_t index = info.offset;
  for (std::size_t i = layout.extents.size(); i-- > 0; torch_index /= layout.extents[i])
    index += torch_index % layout.extents[i] * layout.strides[i];
  return index;
}

// Each stride is the product of the extents that lie inside it, so a place along it is read off by division.
template <class T>
std::int64_t Network<T>::torch_index(const ParameterInfo& info, std::int64_t arena_index) const {
  DESCENT_ASSERT(arena_index >= info.offset && arena_index < info.offset + info.size);
  const ParameterLayout& layout = impl_->layout_of(info);
  std::int64_t index = 0;
  for (std::size_t i = 0; i < layout.extents.size(); ++i) {
    const std::int64_t extent = layout.extents[i];
    const std::int64_t place = extent == 1 ? 0 : (arena_index - info.offset) / layout.strides[i] % extent;
    index = index * extent + place;
  }
  return index;
}

template <class T>
void Network<T>::initialize(std::uint64_t seed) {
  impl_->seed = seed;
  for (std::size_t i = 0; i < impl_->infos.size(); ++i) {
    const ParameterInfo& info = impl_->infos[i];
    core::Rng rng(seed, 0x10U + i);  // a stream for each parameter
    initialize_parameter(
        impl_->layouts[i].initialization, rng,
        parameters().subspan(static_cast<std::size_t>(info.offset), static_cast<std::size_t>(info.size)));
  }
}

template <class T>
const Initialization& Network<T>::initialization(const ParameterInfo& info) const {
  return impl_->layout_of(info).initialization;
}

template void Network<float>::Impl::describe_parameters();
template void Network<float>::export_parameter(const ParameterInfo&, std::span<const float>, std::span<float>) const;
template void Network<float>::import_parameter(const ParameterInfo&, std::span<const float>, std::span<float>) const;
template std::int64_t Network<float>::arena_index(const ParameterInfo&, std::int64_t) const;
template std::int64_t Network<float>::torch_index(const ParameterInfo&, std::int64_t) const;
template void Network<float>::initialize(std::uint64_t);
template const Initialization& Network<float>::initialization(const ParameterInfo&) const;
template void Network<double>::Impl::describe_parameters();
template void Network<double>::export_parameter(const ParameterInfo&, std::span<const double>, std::span<double>) const;
template void Network<double>::import_parameter(const ParameterInfo&, std::span<const double>, std::span<double>) const;
template std::int64_t Network<double>::arena_index(const ParameterInfo&, std::int64_t) const;
template std::int64_t Network<double>::torch_index(const ParameterInfo&, std::int64_t) const;
template void Network<double>::initialize(std::uint64_t);
template const Initialization& Network<double>::initialization(const ParameterInfo&) const;

}  // namespace descent::nn
