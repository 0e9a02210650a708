// SPDX-License-Identifier: MIT
#include "web/state/matrix_choice.h"

#include <utility>

namespace descent::web {
namespace {

std::pair<bool, std::int64_t> standing(const MatrixEntry& entry) {
  return {entry.type == "dense", entry.weight.size()};
}

}  // namespace

MatrixChoice choose_matrix(const nn::NetworkSpec& network, std::string_view wanted) {
  MatrixChoice choice;
  int index = 0;
  for (nn::LayerOutline& layer : nn::outline(network).layers) {
    if (layer.weight) choice.entries.push_back({std::move(layer.type), std::move(*layer.weight), index});
    ++index;
  }
  for (std::size_t i = 0; i < choice.entries.size(); ++i) {
    if (choice.entries[i].weight.parameter == wanted) {
      choice.index = i;
      return choice;
    }
    if (standing(choice.entries[i]) > standing(choice.entries[choice.index])) choice.index = i;
  }
  return choice;
}

const MatrixEntry* digit_filters(const MatrixChoice& choice) {
  if (choice.entries.empty()) return nullptr;
  const MatrixEntry& first = choice.entries.front();
  return first.type == "conv2d" && first.layer == 0 && first.weight.extents[1] == 1 ? &first : nullptr;
}

int pinned_row(const NetworkPin& pin, const MatrixEntry& entry) {
  std::int64_t row = 0;
  if (pin.kind == PinKind::unit && pin.layer == entry.layer) row = pin.position[2];
  if (pin.kind == PinKind::weight && pin.parameter == entry.weight.parameter) row = pin.index / entry.weight.columns();
  return row < entry.weight.rows() ? static_cast<int>(row) : 0;
}

}  // namespace descent::web
