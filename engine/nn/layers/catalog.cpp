// SPDX-License-Identifier: MIT
// The list of layers, in the order of menus and help. One more layer is one file that defines `LayerType name()` and
// one line here. The list is explicit: objects of a static library that nothing refers to would be dropped by the
// linker.
#include <array>

#include "engine/nn/layer.h"

#define DESCENT_LAYERS(X) \
  X(conv2d)               \
  X(max_pool2d)           \
  X(avg_pool2d)           \
  X(dense)                \
  X(relu)                 \
  X(tanh)                 \
  X(sigmoid)              \
  X(flatten)              \
  X(dropout)

namespace descent::nn {

#define DESCENT_DECLARE(name) LayerType name();
DESCENT_LAYERS(DESCENT_DECLARE)
#undef DESCENT_DECLARE

const LayerType* find_layer_type(std::string_view name) {
#define DESCENT_LIST(name) name(),
  static const std::array types{DESCENT_LAYERS(DESCENT_LIST)};
#undef DESCENT_LIST
  for (const LayerType& type : types)
    if (type.info->name == name) return &type;
  return nullptr;
}

std::span<const LayerInfo* const> layer_catalog() {
#define DESCENT_LIST(name) name().info,
  static const std::array infos{DESCENT_LAYERS(DESCENT_LIST)};
#undef DESCENT_LIST
  return infos;
}

}  // namespace descent::nn
