// SPDX-License-Identifier: MIT
// WindowStudy: a window that slides over a piece of the digit, as everything that it multiplies. A link is one weight
// on its way from one input to one output; all of them are the operation, the same links from the inputs' side are its
// backward pass (the transposed convolution), and as a table, outputs × inputs, they are its sparse matrix.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/kernels/conv2d.h"
#include "web/state/network_lens.h"

namespace descent::web {

struct WindowLink {
  int output = 0, input = 0;  // row · width + column
  int tap = 0;                // the place in the filter
  float weight = 0;           // in max pooling 1 for the winner of the window, else 0
  float value = 0;            // the input

  [[nodiscard]] float term() const { return weight * value; }
};

// A convolution of the network whose filters read the digit.
struct DigitFilters {
  int count = 0, kernel = 0;
  std::span<const float> weights;  // (count, kernel, kernel)
  std::span<const float> bias;     // (count)
};

struct WindowStudy {
  WindowOperation operation = WindowOperation::convolution;
  kernels::Conv2dShape shape;  // of one channel; pooling is alike
  std::string refusal;         // why there is nothing, a sentence; then the rest is empty
  int corner = 0;              // row and column of the digit where the piece begins
  bool network = false;        // the filter is the network's
  int filter = 0;              // its number
  float bias = 0;
  std::vector<float> pixels;      // (height, width)
  std::vector<float> weights;     // (kernel, kernel); empty in max pooling, which has none
  std::vector<float> outputs;     // (out_height, out_width): bias + Σ of the links' terms
  std::vector<WindowLink> links;  // by output, in the order of the filter; what is padding has none
  std::vector<int> reads;         // (height + 2 padding): how often windows look at each row; columns are alike

  [[nodiscard]] int out() const { return shape.out_height(); }
  // The links of one output, or backward of one input.
  [[nodiscard]] std::vector<WindowLink> links_of(int cell, bool backward) const;
  // How many rows of the padded input no window looks at.
  [[nodiscard]] int never_read() const;
  // Larger ones are not drawn.
  [[nodiscard]] bool matrix_fits() const { return outputs.size() * pixels.size() <= 40000; }
  // The links as a table, (outputs, inputs), NaN where there is none.
  [[nodiscard]] std::vector<float> matrix() const;
};

// A padding that the operation takes: a pooling's is at most half its kernel, so that no window is all padding.
[[nodiscard]] int most_padding(const WindowChoice& choice);

// image: (28, 28), whose middle is read. Where no filter of that size is given the weights are made up: they rise
// evenly from −1 at the left to 1 at the right.
[[nodiscard]] WindowStudy study_window(const WindowChoice& choice, std::span<const float> image,
                                       const DigitFilters& filters);

}  // namespace descent::web
