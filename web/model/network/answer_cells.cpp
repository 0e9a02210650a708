// SPDX-License-Identifier: MIT
#include "web/model/network/answer_cells.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace descent::web {

std::vector<float> softened(std::span<const float> logits, double temperature) {
  std::vector<float> result;
  if (logits.empty()) return result;
  const double largest = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
  double sum = 0;
  for (const float z : logits) sum += std::exp((static_cast<double>(z) - largest) / temperature);
  for (const float z : logits)
    result.push_back(static_cast<float>(std::exp((static_cast<double>(z) - largest) / temperature) / sum));
  return result;
}

CellImages images_of(const training::AnswerView& view, int label, int answer, std::size_t most) {
  const std::vector<std::uint16_t>& labels = view.table.labels;
  const std::vector<std::uint16_t>& answered = view.confusion.answered;
  CellImages found;
  const auto take = [&](std::int32_t image) {
    const auto at = static_cast<std::size_t>(image);
    if (label >= 0 && (labels[at] != label || answered[at] != answer)) return;
    if (found.total++ < most) found.images.push_back(image);
  };
  if (label >= 0 && label == answer)
    for (std::size_t i = 0; i < labels.size(); ++i) take(static_cast<std::int32_t>(i));
  else
    std::for_each(view.confusion.costliest.begin(), view.confusion.costliest.end(), take);
  return found;
}

std::vector<float> cell_shades(const inspect::Confusion& confusion) {
  const auto n = static_cast<std::size_t>(confusion.classes);
  std::vector<float> shades(n * n, std::numeric_limits<float>::quiet_NaN());
  std::int32_t most = 0;
  for (std::size_t i = 0; i < shades.size(); ++i)
    if (i / n != i % n) most = std::max(most, confusion.matrix[i]);
  for (std::size_t i = 0; i < shades.size(); ++i)
    if (i / n != i % n && confusion.matrix[i] > 0)
      shades[i] = std::log1p(static_cast<float>(confusion.matrix[i])) / std::log1p(static_cast<float>(most));
  return shades;
}

}  // namespace descent::web
