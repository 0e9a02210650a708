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
  for (nn::LayerOutline& layer : nn::outline(network).layers)
    if (layer.weight) choice.entries.push_back({std::move(layer.type), std::move(*layer.weight)});
  for (std::size_t i = 0; i < choice.entries.size(); ++i) {
    if (choice.entries[i].weight.parameter == wanted) {
      choice.index = i;
      return choice;
    }
    if (standing(choice.entries[i]) > standing(choice.entries[choice.index])) choice.index = i;
  }
  return choice;
}

}  // namespace descent::web
