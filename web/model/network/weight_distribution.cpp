// SPDX-License-Identifier: MIT
#include "web/model/network/weight_distribution.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"

namespace descent::web {
namespace {

constexpr double kNormalReach = 3.5;   // standard deviations
constexpr double kUniformReach = 1.2;  // limits
constexpr int kNormalPoints = 120;

}  // namespace

WeightFigures weight_figures(std::span<const float> values) {
  WeightFigures figures;
  double count = 0, sum = 0, squares = 0;
  for (const float v : values) {
    if (!std::isfinite(v)) continue;
    const auto value = static_cast<double>(v);
    ++count;
    sum += value;
    squares += value * value;
    figures.largest = std::max(figures.largest, std::abs(value));
  }
  if (count == 0) return figures;
  figures.mean = sum / count;
  figures.deviation = std::sqrt(std::max(squares / count - figures.mean * figures.mean, 0.0));
  return figures;
}

double reach_of(const WeightFigures& figures, const nn::WeightLaw& law) {
  const double expected = law.scale * (law.normal ? kNormalReach : kUniformReach);
  return std::max({figures.largest, expected, 1e-30});
}

DensityCurve histogram(std::span<const float> values, double reach, int bins) {
  const double width = 2 * reach / bins;
  std::vector<double> counts(static_cast<std::size_t>(bins));
  double all = 0;
  for (const float v : values) {
    if (!std::isfinite(v)) continue;
    const double bin = std::floor((static_cast<double>(v) + reach) / width);
    ++counts[static_cast<std::size_t>(std::clamp(bin, 0.0, static_cast<double>(bins - 1)))];
    ++all;
  }
  DensityCurve curve;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double density = all == 0 ? 0 : counts[i] / (all * width);
    for (const std::size_t edge : {i, i + 1}) {
      curve.x.push_back(-reach + width * static_cast<double>(edge));
      curve.y.push_back(density);
    }
  }
  return curve;
}

DensityCurve law_curve(const nn::WeightLaw& law, double reach) {
  if (law.scale == 0) return {};
  if (!law.normal) {
    const double l = law.scale, inside = law.density(0);
    return {{-reach, -l, -l, l, l, reach}, {0, 0, inside, inside, 0, 0}};
  }
  DensityCurve curve;
  for (int i = 0; i <= kNormalPoints; ++i) {
    curve.x.push_back(reach * (2.0 * i / kNormalPoints - 1));
    curve.y.push_back(law.density(curve.x.back()));
  }
  return curve;
}

std::string_view scheme_title(nn::InitializationScheme scheme) {
  switch (scheme) {
    case nn::InitializationScheme::glorot_uniform:
      return "Glorot uniform";
    case nn::InitializationScheme::he_normal:
      return "He normal";
    case nn::InitializationScheme::torch_default:
      return "PyTorch's default";
    case nn::InitializationScheme::fixed_normal:
      return "Normal 0.01";
  }
  return "";
}

std::string law_words(const nn::Initialization& how) {
  const std::string scale = core::display_number(nn::law_of(how).scale, 4);
  switch (how.scheme) {
    case nn::InitializationScheme::glorot_uniform:
      return core::fill("uniform between −l and l, l = √(6 / (fan-in + fan-out)) = √(6 / ({} + {})) = {}.", how.fan_in,
                        how.fan_out, scale);
    case nn::InitializationScheme::he_normal:
      return core::fill("normal, standard deviation √(2 / fan-in) = √(2 / {}) = {}.", how.fan_in, scale);
    case nn::InitializationScheme::torch_default:
      return core::fill("uniform between −b and b, b = 1 / √fan-in = 1 / √{} = {}.", how.fan_in, scale);
    case nn::InitializationScheme::fixed_normal:
      return core::fill("normal, standard deviation {}, whatever the fan-in.", scale);
  }
  return {};
}

}  // namespace descent::web
