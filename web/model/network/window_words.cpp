// SPDX-License-Identifier: MIT
#include "web/model/network/window_words.h"

#include <algorithm>
#include <string_view>

#include "engine/core/fill.h"
#include "web/model/network/terms.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using core::fill;

constexpr std::size_t kNamed = 3;

std::string number(float value) {
  return display_number(static_cast<double>(value), 3);
}

std::string place(int cell, int width) {
  return fill("row {}, column {}", cell / width, cell % width);
}

std::string output_words(const WindowStudy& study, int cell) {
  const std::vector<WindowLink> links = study.links_of(cell, false);
  const std::string value = number(study.outputs[static_cast<std::size_t>(cell)]);
  std::string text = fill("Output {}", place(cell, study.out()));
  const int k = study.shape.kernel, padded = k * k - static_cast<int>(links.size());
  const std::string reads = core::counted(links.size(), "input");
  if (study.operation == WindowOperation::max_pooling) {
    const auto winner =
        std::find_if(links.begin(), links.end(), [](const WindowLink& link) { return link.weight > 0; });
    return fill(
        "{} = {}: the largest of {}, at {} of the piece. It alone is passed on, and blame comes back to it "
        "alone.",
        text, value, reads, place(winner->input, study.shape.width));
  }
  if (study.operation == WindowOperation::average_pooling) {
    text += fill(" = {}: the mean of {}", value, reads);
  } else {
    std::vector<float> terms;
    for (const WindowLink& link : links) terms.push_back(link.term());
    const TermSum sum = sum_terms(terms, kNamed);
    text += fill(" = {}: bias {}", value, number(study.bias));
    for (const std::size_t i : sum.largest) text += fill(" + {} × {}", number(links[i].value), number(links[i].weight));
    if (sum.rest > 0)
      text += fill(" + {} of {} more", display_number(sum.rest_sum, 3), core::counted(sum.rest, "term"));
    if (sum.zeros > 0) text += fill("; {} on pixels of 0", core::counted(sum.zeros, "weight"));
  }
  if (padded > 0) text += fill("; {} on the padding", core::counted(static_cast<std::uint64_t>(padded), "weight"));
  return text + ".";
}

std::string input_words(const WindowStudy& study, int cell) {
  const std::vector<WindowLink> links = study.links_of(cell, true);
  const std::string head =
      fill("Input {}, {}", place(cell, study.shape.width), number(study.pixels[static_cast<std::size_t>(cell)]));
  if (links.empty()) return fill("{}: no window reads it, and no blame reaches it.", head);
  const std::string reached = core::counted(links.size(), "output");
  if (study.operation == WindowOperation::max_pooling) {
    const auto won = std::count_if(links.begin(), links.end(), [](const WindowLink& link) { return link.weight > 0; });
    return fill("{}: {} could take it, {} of them do. Its ∂loss is the sum of theirs.", head, reached, won);
  }
  std::string text = fill("{}: reaches {}. Backward, ∂loss/∂input =", head, reached);
  for (std::size_t i = 0; i < std::min(kNamed, links.size()); ++i)
    text += fill("{} {} × δ({}, {})", i > 0 ? " +" : "", number(links[i].weight), links[i].output / study.out(),
                 links[i].output % study.out());
  if (links.size() > kNamed) text += fill(" + {} more", links.size() - kNamed);
  return text + ", with δ = ∂loss/∂output: the transposed convolution.";
}

}  // namespace

std::string size_formula(const WindowStudy& study) {
  const kernels::Conv2dShape& s = study.shape;
  const int over = s.height + 2 * s.padding - s.span();
  const std::string end = fill("floor({}) + 1 = {}", display_number(static_cast<double>(over) / s.stride), study.out());
  if (s.dilation == 1)
    return fill("H' = floor((H − k + 2p) / s) + 1 = floor(({} − {} + 2·{}) / {}) + 1 = {}", s.height, s.kernel,
                s.padding, s.stride, end);
  return fill("H' = floor((H + 2p − d(k − 1) − 1) / s) + 1 = floor(({} + 2·{} − {}·{} − 1) / {}) + 1 = {}", s.height,
              s.padding, s.dilation, s.kernel - 1, s.stride, end);
}

std::string window_caption(const WindowStudy& study) {
  const kernels::Conv2dShape& s = study.shape;
  const int last = study.corner + s.height - 1;
  std::string text = fill("Pixels of the digit, rows and columns {} to {}. ", study.corner, last);
  if (study.network)
    text += fill("Filter {} of the network's first convolution, with its bias.", study.filter);
  else if (study.operation == WindowOperation::convolution)
    text += fill(
        "The network has no {0}×{0} filter that reads the digit: this one is made up, from −1 at the left to 1 at the "
        "right.",
        s.kernel);
  else if (study.operation == WindowOperation::average_pooling)
    text += "Every weight is 1 / k²; padding counts as 0.";
  else
    text += "No weights: the largest pixel of each window goes on, and padding never wins.";
  const auto rows = static_cast<std::uint64_t>(study.never_read());
  if (rows > 0) text += fill(" Red: {} and as many columns that no window reads.", core::counted(rows, "row"));
  if (study.matrix_fits())
    text +=
        fill(" The matrix has {} × {} numbers: {} where a window reads, all others are 0 and left empty.",
             study.outputs.size(), study.pixels.size(), core::grouped(static_cast<std::int64_t>(study.links.size())));
  else
    text += fill(" As a matrix it would have {} × {} numbers: not drawn.", study.outputs.size(), study.pixels.size());
  return text;
}

std::string cell_words(const WindowStudy& study, int cell, bool backward) {
  return backward ? input_words(study, cell) : output_words(study, cell);
}

}  // namespace descent::web
