// SPDX-License-Identifier: MIT
#include "web/model/network/window_study.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>

#include "engine/data/dataset.h"
#include "engine/nn/layers/window.h"
#include "engine/nn/layers/window_terms.h"

namespace descent::web {
namespace {

std::size_t area(int side) {
  return static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
}

void choose_weights(WindowStudy& study, const DigitFilters& filters) {
  const int k = study.shape.kernel;
  if (study.operation == WindowOperation::average_pooling) {
    study.weights.assign(area(k), 1 / static_cast<float>(k * k));
  } else if (study.operation == WindowOperation::convolution && filters.kernel == k && filters.count > 0) {
    study.network = true;
    study.filter = std::min(study.filter, filters.count - 1);
    const auto at = static_cast<std::size_t>(study.filter);
    const auto weights = filters.weights.subspan(at * area(k), area(k));
    study.weights.assign(weights.begin(), weights.end());
    if (at < filters.bias.size()) study.bias = filters.bias[at];
  } else if (study.operation == WindowOperation::convolution) {
    for (int i = 0; i < k * k; ++i)
      study.weights.push_back(k == 1 ? 1.0F : 2 * static_cast<float>(i % k) / static_cast<float>(k - 1) - 1);
  }
}

// The links of one output; a maximum is the first of equals, as the engine has it.
void append_output(WindowStudy& study, int y, int x) {
  const std::size_t first = study.links.size();
  std::size_t winner = first;
  const int output = y * study.out() + x;
  nn::for_each_read(study.shape, y, x, [&](int ky, int kx, std::int64_t pixel) {
    const int tap = ky * study.shape.kernel + kx;
    const float value = study.pixels[static_cast<std::size_t>(pixel)];
    if (study.links.size() > first && value > study.links[winner].value) winner = study.links.size();
    study.links.push_back({output, static_cast<int>(pixel), tap,
                           study.weights.empty() ? 0.0F : study.weights[static_cast<std::size_t>(tap)], value});
  });
  if (study.weights.empty() && winner < study.links.size()) study.links[winner].weight = 1;
  float sum = study.bias;
  for (std::size_t i = first; i < study.links.size(); ++i) sum += study.links[i].term();
  study.outputs.push_back(sum);
}

}  // namespace

int most_padding(const WindowChoice& choice) {
  return choice.operation == WindowOperation::convolution ? kMostWindowPadding
                                                          : std::min(kMostWindowPadding, choice.kernel / 2);
}

WindowStudy study_window(const WindowChoice& choice, std::span<const float> image, const DigitFilters& filters) {
  const int n = choice.size;
  WindowStudy study{.operation = choice.operation,
                    .shape = {.height = n,
                              .width = n,
                              .in_channels = 1,
                              .out_channels = 1,
                              .kernel = choice.kernel,
                              .stride = choice.stride,
                              .padding = std::min(choice.padding, most_padding(choice)),
                              .dilation = choice.operation == WindowOperation::convolution ? choice.dilation : 1},
                    .corner = (data::kDigitSize - n) / 2,
                    .filter = choice.filter};
  const kernels::Conv2dShape& shape = study.shape;
  if (const auto fits = nn::check_window({n, n, 1}, shape.kernel, shape.padding, shape.dilation); !fits.ok()) {
    study.refusal = fits.message();
    return study;
  }
  for (int i = 0; i < n * n; ++i)
    study.pixels.push_back(
        image[static_cast<std::size_t>((study.corner + i / n) * data::kDigitSize + study.corner + i % n)]);
  choose_weights(study, filters);
  for (int i = 0; i < study.out() * study.out(); ++i) append_output(study, i / study.out(), i % study.out());
  study.reads.assign(static_cast<std::size_t>(n + 2 * shape.padding), 0);
  for (int y = 0; y < study.out(); ++y)
    for (int k = 0; k < shape.kernel; ++k)
      ++study.reads[static_cast<std::size_t>(nn::input_row(shape, y, k) + shape.padding)];
  return study;
}

std::vector<WindowLink> WindowStudy::links_of(int cell, bool backward) const {
  std::vector<WindowLink> result;
  std::copy_if(links.begin(), links.end(), std::back_inserter(result),
               [&](const WindowLink& link) { return (backward ? link.input : link.output) == cell; });
  return result;
}

int WindowStudy::never_read() const {
  return static_cast<int>(std::count(reads.begin(), reads.end(), 0));
}

std::vector<float> WindowStudy::matrix() const {
  std::vector<float> table(outputs.size() * pixels.size(), std::numeric_limits<float>::quiet_NaN());
  for (const WindowLink& link : links)
    table[static_cast<std::size_t>(link.output) * pixels.size() + static_cast<std::size_t>(link.input)] = link.weight;
  return table;
}

}  // namespace descent::web
