// SPDX-License-Identifier: MIT
#include "engine/inspect/matrices/product.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "engine/inspect/matrices/spectrum.h"
#include "engine/nn/layer.h"

namespace descent::inspect {
namespace {

double norm(const std::vector<double>& values) {
  return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
}

// Adds terms to a sum and knows what is left of the whole.
class Summation {
 public:
  Summation(VectorSum& sum, const std::vector<double>& whole) : sum_(sum), rest_(whole), whole_(norm(whole)) {
    sum_.gaps = {1};
  }
  void add(const SumTerm& term, const std::vector<double>& part) {
    if (sum_.terms.size() < VectorSum::kNamed) {
      sum_.terms.push_back(term);
      sum_.vectors.insert(sum_.vectors.end(), part.begin(), part.end());
    }
    for (std::size_t i = 0; i < rest_.size(); ++i) rest_[i] -= part[i];
    sum_.gaps.push_back(whole_ > 0 ? norm(rest_) / whole_ : 0);
  }

 private:
  VectorSum& sum_;
  std::vector<double> rest_;
  double whole_;
};

// The layer's input as the matrix' columns count it: torch flattens (C, H, W), the arena has channels innermost.
std::vector<float> torch_order(const nn::Shape& map, const std::vector<float>& values) {
  std::vector<float> result;
  const auto channels = static_cast<std::size_t>(map.channels);
  for (std::size_t c = 0; c < channels; ++c)
    for (std::size_t at = c; at < values.size(); at += channels) result.push_back(values[at]);
  return result;
}

void add_columns(Product& product, const WeightMatrix& w) {
  const auto rows = static_cast<std::size_t>(w.rows), columns = static_cast<std::size_t>(w.columns);
  std::vector<SumTerm> order;
  std::vector<double> part(rows);
  const auto read = [&](std::size_t j, double factor) {
    for (std::size_t i = 0; i < rows; ++i) part[i] = factor * w.values[i * columns + j];
  };
  for (std::size_t j = 0; j < columns; ++j) {
    if (product.input[j] == 0) continue;
    read(j, 1);
    order.push_back({static_cast<std::int64_t>(j), static_cast<double>(product.input[j]), norm(part)});
  }
  std::stable_sort(order.begin(), order.end(), [](const SumTerm& a, const SumTerm& b) {
    return std::fabs(a.factor) * a.length > std::fabs(b.factor) * b.length;
  });
  Summation sum(product.columns, product.weighted);
  for (const SumTerm& term : order) {
    read(static_cast<std::size_t>(term.index), term.factor);
    sum.add(term, part);
  }
}

// σ_k v_k = Wᵀ u_k, and what sheet k adds is u_k (u_kᵀ W x): the right vectors need no decomposition of their own.
void add_sheets(Product& product, const WeightMatrix& w, const Svd& factors) {
  const auto rows = static_cast<std::size_t>(w.rows), columns = static_cast<std::size_t>(w.columns);
  const auto count = static_cast<std::size_t>(factors.count);
  Summation sum(product.sheets, product.weighted);
  std::vector<double> u(rows), part(rows), v(columns);
  for (std::size_t k = 0; k < count; ++k) {
    const double sigma = factors.sigma[k];
    for (std::size_t i = 0; i < rows; ++i) u[i] = factors.u[i * count + k];
    const double along = std::inner_product(u.begin(), u.end(), product.weighted.begin(), 0.0);
    for (std::size_t i = 0; i < rows; ++i) part[i] = along * u[i];
    sum.add({static_cast<std::int64_t>(k), sigma > 0 ? along / sigma : 0, sigma}, part);
    if (k >= VectorSum::kNamed) continue;
    std::fill(v.begin(), v.end(), 0.0);
    for (std::size_t i = 0; i < rows && sigma > 0; ++i)
      for (std::size_t j = 0; j < columns; ++j) v[j] += u[i] * w.values[i * columns + j] / sigma;
    product.left.insert(product.left.end(), u.begin(), u.end());
    product.right.insert(product.right.end(), v.begin(), v.end());
  }
}

}  // namespace

std::optional<Product> product(const nn::Network<float>& network, const nn::Trace<float>& trace,
                               const Truncation& factors) {
  const int layer = factors.layer();
  if (!network.output_shape(layer).flat) return {};
  const auto at = static_cast<std::size_t>(layer);
  const nn::ParameterInfo* weight = nullptr;
  for (const nn::ParameterInfo& info : network.parameter_infos())
    if (info.layer == layer && info.shape.size() > 1) weight = &info;
  const core::Result<WeightMatrix> matrix = weight_matrix(network, weight->name);
  Product result{.input = torch_order(network.layer(layer).input(), layer == 0 ? trace.image : trace.outputs[at - 1]),
                 .bias = factors.bias(),
                 .output = trace.outputs[at]};
  const auto columns = static_cast<std::size_t>(matrix->columns);
  for (std::size_t i = 0; i < result.output.size(); ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < columns; ++j)
      sum += matrix->values[i * columns + j] * static_cast<double>(result.input[j]);
    result.weighted.push_back(sum);
  }
  add_columns(result, *matrix);
  add_sheets(result, *matrix, factors.factors());
  return result;
}

}  // namespace descent::inspect
