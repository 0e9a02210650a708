// SPDX-License-Identifier: MIT
// The order of menus and help.
#include "engine/nn/layers/catalog.h"

#include <array>

namespace descent::nn {
namespace {

constexpr std::array<const LayerType*, 9> kTypes{
    &kConv2d, &kMaxPool2d, &kAvgPool2d, &kDense, &kRelu, &kTanh, &kSigmoid, &kFlatten, &kDropout,
};

}  // namespace

const LayerType* find_layer_type(std::string_view name) {
  for (const LayerType* type : kTypes)
    if (type->info->name == name) return type;
  return nullptr;
}

std::span<const LayerInfo* const> layer_catalog() {
  static const auto infos = [] {
    std::array<const LayerInfo*, kTypes.size()> list{};
    for (std::size_t i = 0; i < kTypes.size(); ++i) list[i] = kTypes[i]->info;
    return list;
  }();
  return infos;
}

}  // namespace descent::nn
