// SPDX-License-Identifier: MIT
// NetworkLens: what the Network workspace looks at, and through which lens, as plain data of the shared state. One
// digit and one pin are looked at by all lenses and survive a change of lens.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace descent::web {

// The digit: a test image by its number, or an image of one's own, drawn or dropped.
struct LookedAtDigit {
  std::int64_t test_index = 0;
  std::vector<std::uint8_t> image;  // (784), 0 … 255, row 0 on top; empty: the test image

  int label = -1;  // of an image of one's own: the class that it is meant to be, counted from 0; -1: not said
  bool from_picture = false;  // the image was made of a dropped, pasted or chosen picture

  [[nodiscard]] bool own() const { return !image.empty(); }
  friend bool operator==(const LookedAtDigit&, const LookedAtDigit&) = default;
};

// A pin says what is looked at more closely.
enum class PinKind { none, weight, unit, pixel, digit_class };
struct NetworkPin {
  PinKind kind = PinKind::none;
  std::string parameter;          // weight: "0.weight"
  std::int64_t index = 0;         // weight: in torch's order; digit_class: the class, counted from 0
  int layer = 0;                  // unit: counted from 0
  std::array<int, 3> position{};  // unit: y, x, channel; pixel: y, x, 0

  friend bool operator==(const NetworkPin&, const NetworkPin&) = default;
};

// The lens Weights: what is shown of the matrices, and how a product is read.
enum class WeightsView { spectrum, product, convolution };
enum class ProductReading { row, columns, sheets };

// A window that slides over a piece of the digit, and the cell that is looked at there.
enum class WindowOperation { convolution, max_pooling, average_pooling };
struct WindowChoice {
  WindowOperation operation = WindowOperation::convolution;
  int size = 12, kernel = 3, stride = 1, padding = 0, dilation = 1;
  int filter = 0;             // of the network's first convolution
  bool backward = false;      // an input cell and the outputs that it reaches, not an output and what it reads
  std::array<int, 2> cell{};  // y, x

  friend bool operator==(const WindowChoice&, const WindowChoice&) = default;
};
inline constexpr int kMostWindowSize = 28, kMostWindowKernel = 7, kMostWindowStride = 4, kMostWindowPadding = 3,
                     kMostWindowDilation = 3;

// The lens Predictions: the digit at hand, which classes are taken for which, whether probabilities are right, and what
// networks say of the digit that the training images allow as well.
enum class PredictionsView { digit, confusion, calibration, posterior };
inline constexpr double kLeastTemperature = 0.05, kMostTemperature = 20;
inline constexpr int kNoCell = -1;

inline constexpr double kMostSmoothing = 0.99;

// The lens whose deltas and pins are computed while it is open.
inline constexpr std::string_view kGradientsLens = "gradients", kWeightsLens = "weights",
                                  kPredictionsLens = "predictions";

struct NetworkLens {
  std::string name = "training";   // one of `names`
  std::vector<std::string> names;  // of the catalog of lenses
  LookedAtDigit digit;
  NetworkPin pin;
  bool backward = false;  // Gradients: deltas instead of activations
  std::string matrix;     // Weights: the parameter whose matrix is shown; empty: the largest dense layer's
  int rank = 0;           // Weights: it is cut to this rank; 0: whole
  double ink = 0;         // Gradients: added to the pinned pixel, in units of full ink, −1 … 1
  WeightsView view = WeightsView::spectrum;
  ProductReading reading = ProductReading::row;
  WindowChoice window;
  PredictionsView predictions = PredictionsView::digit;
  double temperature = 1;                         // Predictions: T of softmax(z / T) of the digit
  std::array<int, 2> confused{kNoCell, kNoCell};  // Predictions: label and answer, whose images are shown; or none
  double precision = 0;                           // Predictions: of the prior, PosteriorSettings::precision
  bool mala = false;                              // Predictions: MALA's answer stands beside
  double smoothing =
      0.6;  // Training: of the batches' curves (plot_reading.h), 0 … kMostSmoothing; TensorBoard's default

  friend bool operator==(const NetworkLens&, const NetworkLens&) = default;
};

}  // namespace descent::web
