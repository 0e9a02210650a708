// SPDX-License-Identifier: MIT
// Describes what the page looks at in a network, and what it sees there: a digit on its way through the layers and the
// mistake on its way back, what is pinned, and what the matrices do. The trainer computes with each refresh of its
// views what is wished for, and nothing else (Trainer::look).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/inspect/answers/calibration.h"
#include "engine/inspect/answers/confusion.h"
#include "engine/inspect/jacobian.h"
#include "engine/inspect/matrices/product.h"
#include "engine/inspect/matrices/ranks.h"
#include "engine/inspect/matrices/spectrum.h"
#include "engine/inspect/unit.h"
#include "engine/inspect/weight.h"
#include "engine/nn/initialization.h"
#include "engine/nn/spec.h"
#include "engine/training/posterior_answer.h"

namespace descent::training {

// One element of a parameter, by torch's names and order.
struct WeightPlace {
  std::string parameter;  // "0.weight"
  std::int64_t index = 0;
  friend bool operator==(const WeightPlace&, const WeightPlace&) = default;
};

// One unit of a layer's output.
struct UnitPlace {
  int layer = 0;
  std::array<int, 3> position{};  // y, x, channel
  friend bool operator==(const UnitPlace&, const UnitPlace&) = default;
};

struct LensWish {
  std::int64_t test_index = 0;  // which test image, counted from 0
  std::vector<float> image;     // (784) 0 … 1, row 0 on top: looked at in its place; empty: the test image
  int label = -1;               // of such an image: the class that its loss is of, counted from 0; -1: the answer's
  bool deltas = false;          // of all layers
  bool jacobian = false;
  int pixel = 0;   // with the Jacobian: what the network makes of the image with `ink` more in this pixel
  double ink = 0;  // in units of full ink; 0: nothing of it
  std::optional<UnitPlace> unit;
  std::optional<WeightPlace> weight;
  bool spectra = false;  // of all matrices
  std::string matrix;    // "7.weight": its elements too; empty: none
  int rank = 0;          // and what the network reads with that matrix cut to this rank; 0: nothing of it
  bool product = false;  // the matrix' product with what the digit sends to it
  bool answers = false;  // what the network says of the whole test set (AnswerView)
  bool rates = false;    // which learning rates train (RateRange), found beside everything else
  std::optional<PosteriorWish> posterior;  // how sure it is of the digit; while the weights stand

  [[nodiscard]] bool own_image() const { return !image.empty(); }
  friend bool operator==(const LensWish&, const LensWish&) = default;
};

struct LayerActivation {
  std::string type;           // "conv2d"
  nn::Shape shape;            // output, (height, width, channels), channels innermost
  std::vector<float> values;  // shape.size()
  std::vector<float> delta;   // ∂loss/∂values of this image alone; empty unless wished for
  double gradient_norm = 0;   // with deltas: ‖∂loss/∂parameters‖ of this image; 0 without parameters
  double weight_norm = 0;     // of the layer's parameters
  double step_norm = 0;       // how far the newest training step moved them; 0 before the first
};

// An optimizer's memory of one weight: "m", "v", ….
struct WeightMemory {
  std::string name;
  double value = 0;
};

// BatchImages: the gradient of one weight for each image of the newest step's batch, with the weights before that step
// and dropout off.
struct BatchImages {
  std::vector<std::uint32_t> images;  // of the training set, counted from 0, in the step's order
  std::vector<std::uint16_t> labels;  // beside: classes, counted from 0
  std::vector<float> gradients;       // beside: ∂(this image's loss)/∂weight
  std::vector<std::uint8_t> pixels;   // beside: (784) 0 … 255
};
inline constexpr std::size_t kMostBatchImages = 128;  // of a larger batch nothing is said image by image

// A weight, its gradient for the digit, and its way to the newest training step.
struct WeightStudy : inspect::WeightTerms {
  std::vector<std::int64_t> element;  // its torch indices: (out, in, y, x) of a convolution's kernel
  bool stepped = false;               // there was a step: the rest is known
  double batch_gradient = 0;          // ∂(the step's batch loss)/∂weight, before the step
  std::vector<WeightMemory> memory;
  double step = 0;    // what the step added
  BatchImages batch;  // empty before the first step, for large batches, and for a moment after a weight was pinned
  std::vector<inspect::KernelWeight> plane;  // of a convolution's weight, in an inspection
};

// The digit with more ink in one pixel.
struct AddedInk {
  int pixel = 0;  // counted row by row
  double amount = 0;
  std::vector<float> logits;
  std::int64_t switches = 0;  // ReLUs and pooling windows that switch over between the two, see inspect::switches
};

// An Inspection is what the network makes of the digit, refreshed while training.
struct Inspection {
  std::uint64_t version = 0;         // changes with every refresh
  std::int64_t test_index = -1;      // -1: an image of one's own
  int label = -1;                    // the class, counted from 0; -1: unknown
  std::string refusal;               // why there is nothing to see, a sentence; else empty
  std::vector<float> image;          // (784) 0 … 1
  std::vector<float> probabilities;  // (classes)
  std::vector<LayerActivation> layers;
  double loss = 0;                 // −log p of the class judged
  int judged = -1;                 // the class whose loss it is: the label, or for an image of one's own the answer
  std::vector<float> image_delta;  // (784) ∂loss/∂image; empty unless deltas are wished for
  std::optional<inspect::UnitTerms> unit;
  UnitPlace unit_place;                    // of `unit`
  std::string unit_parameter;              // the weights of unit->inputs, in their order; empty: there are none
  std::vector<std::int64_t> unit_weights;  // their indices in torch's order
  std::optional<WeightStudy> weight;
  WeightPlace weight_place;  // of `weight`
  std::optional<inspect::Jacobian> jacobian;
  std::optional<AddedInk> ink;              // with the Jacobian, where some was wished for
  std::vector<float> pushed_probabilities;  // (classes) with the Jacobian: of image + push; empty: there is no push
  // (classes) with the wished matrix cut to the wished rank; empty unless wished for.
  std::vector<float> rank_probabilities;
  std::optional<inspect::Product> product;  // of the wished matrix; none where that is a convolution's
  std::string pin_refusal;                  // why the pinned unit or weight is not shown
};

// The spectra of all matrices after so many steps of the run.
struct SpectraPoint {
  std::int64_t step = 0;
  std::vector<inspect::Spectrum> spectra;
};
inline constexpr std::size_t kMaxSpectra = 64;  // points of a history; beyond it every second one is dropped

// Accuracy at every rank of a matrix (Trainer::ranks), as far as it is measured.
struct RankView {
  std::string parameter;
  std::int64_t step = 0;    // of the weights that are measured
  std::int64_t images = 0;  // of the test set, the first ones
  std::int64_t images_done = 0;
  bool under_way = false;
  inspect::RankCurve curve;  // over images_done; empty when that is 0
  std::string refusal;       // why there is none, a sentence; else empty
};

// A MatrixView is what the matrices do, refreshed while training.
struct MatrixView {
  std::uint64_t version = 0;
  // The history goes from the run's first weights to the present ones, as far as they were looked at; empty unless
  // wished for.
  std::vector<SpectraPoint> history;
  std::string parameter;            // whose elements follow; empty: none
  std::vector<std::int64_t> shape;  // torch's
  std::vector<float> values;        // torch's order
  std::vector<float> bias;          // of the same layer
  nn::Initialization initialization;
  // The newest study of this run, whichever matrix it is about.
  std::optional<RankView> ranks;
};

// The network's answers to the test set (Trainer::answers).
struct AnswerView {
  std::int64_t step = 0;                         // of the weights that answered
  std::shared_ptr<const data::DataSplit> split;  // whose test set it is
  data::Layout layout = data::Layout::upright;
  inspect::AnswerTable table;
  inspect::Confusion confusion;
  inspect::Calibration calibration;  // with inspect::kDefaultBins, at temperature 1
};

// The newest of this run; while the lens is open and the network trains another one is always under way.
struct AnswersShown {
  std::shared_ptr<const AnswerView> view;    // none: not answered yet
  std::int64_t images = 0, images_done = 0;  // of those under way; 0 of 0: none are
  std::string refusal;                       // why there is no view, a sentence; else empty
};

}  // namespace descent::training
