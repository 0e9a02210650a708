// SPDX-License-Identifier: MIT
// A data set of noise with labels drawn beside it, for tests in which any images will do.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/core/rng.h"
#include "engine/data/dataset.h"
#include "tests/nn/networks.h"

namespace descent::testing {

inline std::shared_ptr<const data::Dataset> random_dataset(const nn::NetworkSpec& spec, int classes, int images) {
  core::Rng rng(31);
  auto dataset = std::make_shared<data::Dataset>();
  dataset->height = spec.input.height;
  dataset->width = spec.input.width;
  dataset->classes = classes;
  dataset->images.resize(static_cast<std::size_t>(images) * dataset->image_size());
  for (std::uint8_t& pixel : dataset->images) pixel = static_cast<std::uint8_t>(rng.below(256));
  dataset->labels = random_labels(classes, images);
  return dataset;
}

}  // namespace descent::testing
