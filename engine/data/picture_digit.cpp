// SPDX-License-Identifier: MIT
// Paper is what the corners show, and in between what lies between them, so that a lamp at one side does no harm. How
// far a pixel stands out from it is its ink; Otsu's threshold ("A threshold selection method from gray-level
// histograms", IEEE Trans. SMC 9, 1979) says which of that is paper's grain.
#include "engine/data/picture_digit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "engine/core/check.h"
#include "engine/data/center_digit.h"
#include "engine/data/dataset.h"

namespace descent::data {
namespace {

constexpr int kLevels = 256;
constexpr float kLeastContrast = 20;  // levels between ink and paper
constexpr float kBlank = 8;           // levels: a border this dark is empty

struct Grey {
  std::vector<float> values;  // (height, width) 0 … 255
  int height = 0, width = 0;

  [[nodiscard]] float& at(int y, int x) {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

// grey_of() puts what is transparent on a paper that the rest stands out from.
Grey grey_of(std::span<const std::uint8_t> rgba, int height, int width) {
  Grey grey{std::vector<float>(rgba.size() / 4), height, width};
  float sum = 0, seen = 0;
  for (std::size_t i = 0; i < grey.values.size(); ++i) {
    const auto channel = [&](std::size_t c) { return static_cast<float>(rgba[4 * i + c]); };
    grey.values[i] = 0.299F * channel(0) + 0.587F * channel(1) + 0.114F * channel(2);
    sum += grey.values[i] * channel(3) / 255;
    seen += channel(3) / 255;
  }
  const float paper = 2 * sum > (kLevels - 1) * seen ? 0 : kLevels - 1;
  for (std::size_t i = 0; i < grey.values.size(); ++i)
    grey.values[i] = paper + (grey.values[i] - paper) * static_cast<float>(rgba[4 * i + 3]) / 255;
  return grey;
}

// Whether the border, an eighth of the picture on each side, is brighter than the middle.
bool is_dark_on_bright(Grey& grey) {
  double border = 0, middle = 0;
  int border_count = 0, middle_count = 0;
  const int dy = std::max(grey.height / 8, 1), dx = std::max(grey.width / 8, 1);
  for (int y = 0; y < grey.height; ++y)
    for (int x = 0; x < grey.width; ++x) {
      const bool outside = y < dy || x < dx || y >= grey.height - dy || x >= grey.width - dx;
      (outside ? border : middle) += static_cast<double>(grey.at(y, x));
      ++(outside ? border_count : middle_count);
    }
  return middle_count > 0 && border * middle_count > middle * border_count;
}

// The median of a corner's eighth: a stroke that reaches into it does not count.
float corner(Grey& grey, bool bottom, bool right) {
  const int h = std::max(grey.height / 8, 1), w = std::max(grey.width / 8, 1);
  std::vector<float> block;
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x)
      block.push_back(grey.at(bottom ? grey.height - 1 - y : y, right ? grey.width - 1 - x : x));
  const auto middle = block.begin() + static_cast<std::ptrdiff_t>(block.size() / 2);
  std::nth_element(block.begin(), middle, block.end());
  return *middle;
}

void take_away_paper(Grey& grey) {
  const float top_left = corner(grey, false, false), top_right = corner(grey, false, true);
  const float low_left = corner(grey, true, false), low_right = corner(grey, true, true);
  const auto share = [](int i, int n) { return (static_cast<float>(i) + 0.5F) / static_cast<float>(n); };
  for (int y = 0; y < grey.height; ++y)
    for (int x = 0; x < grey.width; ++x) {
      const float v = share(y, grey.height), u = share(x, grey.width);
      const float paper = (1 - v) * ((1 - u) * top_left + u * top_right) + v * ((1 - u) * low_left + u * low_right);
      grey.at(y, x) = std::clamp(grey.at(y, x) - paper, 0.0F, kLevels - 1.0F);
    }
}

// The two classes that the best threshold cuts the levels into.
struct Split {
  float paper = 0, threshold = 0, ink = 0;  // a mean, the level between, a mean
};
Split split_levels(const std::vector<float>& values) {
  std::array<double, kLevels> counts{};
  double sum = 0;
  for (const float value : values) {
    ++counts[static_cast<std::size_t>(value)];
    sum += std::floor(static_cast<double>(value));
  }
  const auto all = static_cast<double>(values.size());
  Split best;
  double below = 0, sum_below = 0, most = 0;
  for (std::size_t level = 0; level + 1 < kLevels; ++level) {
    below += counts[level];
    sum_below += counts[level] * static_cast<double>(level);
    const double above = all - below;
    if (below == 0 || above == 0) continue;
    const double low = sum_below / below, high = (sum - sum_below) / above;
    const double between = below * above * (high - low) * (high - low);
    if (between <= most) continue;
    most = between;
    best = {static_cast<float>(low), static_cast<float>(level) + 0.5F, static_cast<float>(high)};
  }
  return best;
}

// has_the_form() is true of an image like MNIST's own: their size, and nothing at the edge.
bool has_the_form(Grey& grey) {
  if (grey.height != kDigitSize || grey.width != kDigitSize) return false;
  float most = 0;
  for (int i = 0; i < kDigitSize; ++i)
    most = std::max({most, grey.at(0, i), grey.at(kDigitSize - 1, i), grey.at(i, 0), grey.at(i, kDigitSize - 1)});
  return most < kBlank;
}

}  // namespace

core::Result<PictureDigit> picture_digit(std::span<const std::uint8_t> rgba, int height, int width) {
  DESCENT_ASSERT(rgba.size() == 4 * static_cast<std::size_t>(height) * static_cast<std::size_t>(width));
  Grey grey = grey_of(rgba, height, width);
  PictureDigit digit{.image = {}, .inverted = is_dark_on_bright(grey)};
  if (digit.inverted)
    for (float& value : grey.values) value = kLevels - 1 - value;
  digit.kept = has_the_form(grey);
  const std::vector<float> plain = digit.kept ? grey.values : std::vector<float>();
  take_away_paper(grey);
  const Split split = split_levels(grey.values);
  if (split.ink - split.paper < kLeastContrast)
    return core::Error{"the picture is blank: no ink stands out from its background"};
  if (digit.kept) {
    for (const float value : plain) digit.image.push_back(value / (kLevels - 1));
    return digit;
  }
  // Greys between paper and the threshold are a stroke's soft edge.
  const float low = (split.paper + split.threshold) / 2;
  for (float& value : grey.values) value = std::clamp((value - low) / (split.ink - low), 0.0F, 1.0F);
  auto centred = center_digit(grey.values, height, width);
  if (!centred.ok()) return centred.error();
  digit.image = std::move(centred).value();
  return digit;
}

}  // namespace descent::data
