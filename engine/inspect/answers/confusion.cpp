// SPDX-License-Identifier: MIT
#include "engine/inspect/answers/confusion.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/inspect/answers/calibration.h"

namespace descent::inspect {
namespace {

double mutual_information(const Confusion& found, double images) {
  const auto n = static_cast<std::size_t>(found.classes);
  std::vector<double> labels(n), answers(n);
  for (std::size_t i = 0; i < n * n; ++i) {
    labels[i / n] += found.matrix[i];
    answers[i % n] += found.matrix[i];
  }
  double bits = 0;
  for (std::size_t i = 0; i < n * n; ++i) {
    const double both = found.matrix[i];
    if (both > 0) bits += both / images * std::log2(both * images / (labels[i / n] * answers[i % n]));
  }
  return std::max(bits, 0.0);  // rounding alone makes it negative
}

}  // namespace

Confusion confusion(const AnswerTable& table) {
  const auto n = static_cast<std::size_t>(table.classes);
  Confusion found{.classes = table.classes, .matrix = std::vector<std::int32_t>(n * n)};
  std::vector<double> losses(table.images());
  for (std::size_t i = 0; i < table.images(); ++i) {
    const auto answer = static_cast<std::uint16_t>(answer_of(table.row(i)));
    found.answered.push_back(answer);
    ++found.matrix[table.labels[i] * n + answer];
    if (answer == table.labels[i]) continue;
    found.costliest.push_back(static_cast<std::int32_t>(i));
    const double loss = loss_at(table.row(i), table.labels[i], 1);
    losses[i] = std::isnan(loss) ? std::numeric_limits<double>::infinity() : loss;
  }
  const auto loss = [&](std::int32_t image) { return losses[static_cast<std::size_t>(image)]; };
  std::stable_sort(found.costliest.begin(), found.costliest.end(),
                   [&](std::int32_t a, std::int32_t b) { return loss(a) > loss(b); });
  for (const std::int32_t image : found.costliest) found.losses.push_back(loss(image));
  found.mutual_information = mutual_information(found, static_cast<double>(table.images()));
  return found;
}

}  // namespace descent::inspect
