// SPDX-License-Identifier: MIT
// ProductTable: z = W x + b as a sum of vectors, line by line: the bias, the named columns or sheets, and all others
// together; with each line what it adds to every output, and the sum so far.
#pragma once

#include <string>
#include <vector>

#include "engine/inspect/matrices/product.h"
#include "engine/nn/outline.h"
#include "web/state/network_lens.h"

namespace descent::web {

struct ProductLine {
  std::string name;   // of its items: "term 2"
  std::string label;  // "0.99 × column 12"
};

struct ProductTable {
  int outputs = 0;
  std::vector<ProductLine> lines;
  std::vector<float> added, sums;  // (lines, outputs); the last sum is z
  float most = 0;                  // the largest absolute value of a named term: colours end there
  double difference = 0;           // between the last sum and the engine's own z, at most

  [[nodiscard]] float at(const std::vector<float>& values, std::size_t line, int output) const {
    return values[line * static_cast<std::size_t>(outputs) + static_cast<std::size_t>(output)];
  }
};

// reading: columns or sheets.
[[nodiscard]] ProductTable product_table(const inspect::Product& product, ProductReading reading,
                                         const nn::WeightOutline& weight);
// The caption says what is seen in the table, and what is left out.
[[nodiscard]] std::string product_caption(const inspect::Product& product, ProductReading reading,
                                          const ProductTable& table);

// Row `output` of sheet `k`, σ_k u_k[output] v_k, in torch's order.
[[nodiscard]] std::vector<float> sheet_row(const inspect::Product& product, std::size_t k, int output);

}  // namespace descent::web
