// SPDX-License-Identifier: MIT
#include "web/model/network/product_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using core::fill;

// Which input a column is multiplied with: "12", or of feature maps channel, row and column: "3; 0, 4".
std::string input_text(const nn::WeightOutline& weight, std::int64_t column) {
  const auto& [outputs, maps, height, width] = weight.extents;
  const std::int64_t area = height * width;
  if (area == 1) return std::to_string(column);
  const std::string place = fill("{}, {}", column % area / width, column % width);
  return maps == 1 ? place : fill("{}; {}", column / area, place);
}

const inspect::VectorSum& sum_of(const inspect::Product& product, ProductReading reading) {
  return reading == ProductReading::columns ? product.columns : product.sheets;
}

std::size_t others_of(const inspect::VectorSum& sum) {
  return sum.gaps.size() - 1 - sum.terms.size();
}

}  // namespace

ProductTable product_table(const inspect::Product& product, ProductReading reading, const nn::WeightOutline& weight) {
  const std::size_t outputs = product.output.size();
  ProductTable table{.outputs = static_cast<int>(outputs)};
  std::vector<double> sum(outputs), left = product.weighted;
  const auto add = [&](ProductLine line, auto&& value_of) {
    table.lines.push_back(std::move(line));
    for (std::size_t i = 0; i < outputs; ++i) {
      const double value = value_of(i);
      sum[i] += value;
      table.added.push_back(static_cast<float>(value));
      table.sums.push_back(static_cast<float>(sum[i]));
    }
  };
  add({"bias", "bias"}, [&](std::size_t i) { return static_cast<double>(product.bias[i]); });
  const inspect::VectorSum& terms = sum_of(product, reading);
  for (std::size_t k = 0; k < terms.terms.size(); ++k) {
    const inspect::SumTerm& term = terms.terms[k];
    const std::string factor = display_number(term.factor, 3);
    add({fill("term {}", k + 1), reading == ProductReading::columns
                                     ? fill("x({}) = {}", input_text(weight, term.index), factor)
                                     : fill("{}: {} × {}", k + 1, display_number(term.length, 3), factor)},
        [&](std::size_t i) {
          const double value = terms.vectors[k * outputs + i];
          left[i] -= value;
          return value;
        });
  }
  const std::size_t named = terms.terms.size();
  for (const float value : std::span(table.added).subspan(outputs, named * outputs))
    table.most = std::max(table.most, std::fabs(value));
  if (const std::size_t others = others_of(terms); others > 0)
    add({"others", fill("{} more", core::grouped(static_cast<std::int64_t>(others)))},
        [&](std::size_t i) { return left[i]; });
  for (std::size_t i = 0; i < outputs; ++i)
    table.difference = std::max(table.difference, std::fabs(sum[i] - static_cast<double>(product.output[i])));
  return table;
}

std::string product_caption(const inspect::Product& product, ProductReading reading, const ProductTable& table) {
  const inspect::VectorSum& sum = sum_of(product, reading);
  const std::string most = display_number(static_cast<double>(table.most), 3);
  std::string text =
      reading == ProductReading::columns
          ? fill("W x = Σ x(j) × column j, the largest |x(j)| ‖column j‖ first. {} of {} inputs are 0 and add nothing.",
                 product.input.size() + 1 - sum.gaps.size(), product.input.size())
          : fill(
                "W x = Σ σ (v · x) u, over {} matrices of rank 1, the largest singular value σ first: σ × (v · x) "
                "stands at the left.",
                sum.gaps.size() - 1);
  text += fill(
      " The first {} have a line of their own; with all others the sum differs from the network's z by at most "
      "{}. Cells from −{} (blue) to +{} (orange), one for each output; beyond that the colours stay.",
      sum.terms.size(), display_number(table.difference, 2), most, most);
  return text;
}

std::vector<float> sheet_row(const inspect::Product& product, std::size_t k, int output) {
  const std::size_t columns = product.input.size();
  const double scale = product.sheets.terms[k].length *
                       static_cast<double>(product.left[k * product.output.size() + static_cast<std::size_t>(output)]);
  std::vector<float> row(columns);
  for (std::size_t j = 0; j < columns; ++j)
    row[j] = static_cast<float>(scale * static_cast<double>(product.right[k * columns + j]));
  return row;
}

}  // namespace descent::web
