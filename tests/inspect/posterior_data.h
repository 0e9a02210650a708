// SPDX-License-Identifier: MIT
// The data sets behind golden/posterior.json (make_posterior.py), and complete curvatures and posteriors.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/inspect/posterior/posterior.h"
#include "tests/support/golden.h"

namespace descent::testing {

// Images of pseudo-random pixels, as make_posterior.py makes them; every label is 0, as no curvature reads it.
inline std::shared_ptr<data::Dataset> congruent_dataset(const nn::Shape& input, int classes, int images) {
  auto dataset = std::make_shared<data::Dataset>();
  dataset->height = input.height;
  dataset->width = input.width;
  dataset->classes = classes;
  dataset->images.resize(static_cast<std::size_t>(images) * dataset->image_size());
  std::uint32_t x = 1;
  for (std::uint8_t& pixel : dataset->images) {
    x = (1103515245U * x + 12345U) & 0x7FFFFFFFU;
    pixel = static_cast<std::uint8_t>(x >> 16);
  }
  dataset->labels.resize(static_cast<std::size_t>(images));
  return dataset;
}

inline std::vector<float> image_of(const data::Dataset& dataset, std::int64_t i) {
  std::vector<float> image(dataset.image_size());
  data::read_image(dataset, data::Layout::upright, i, image);
  return image;
}

inline std::shared_ptr<const inspect::Curvature> whole_curvature(const nn::Network<float>& network,
                                                                 std::shared_ptr<const data::Dataset> dataset,
                                                                 int threads = 1, double seconds = 1) {
  parallel::ThreadPool pool(threads);
  const std::int64_t images = dataset->size();
  auto curvature = inspect::Curvature::start(network, std::move(dataset), data::Layout::upright, images);
  REQUIRE_MESSAGE(curvature.ok(), (curvature.ok() ? std::string() : curvature.message()));
  while (curvature->advance(pool, seconds)) CHECK(curvature->progress() < 1);
  CHECK(curvature->images_done() == images);
  return std::make_shared<const inspect::Curvature>(std::move(*curvature));
}

inline std::shared_ptr<const inspect::Posterior> whole_posterior(std::shared_ptr<const inspect::Curvature> curvature,
                                                                 double precision, int threads = 1) {
  parallel::ThreadPool pool(threads);
  auto posterior = inspect::Posterior::start(std::move(curvature), precision);
  REQUIRE_MESSAGE(posterior.ok(), (posterior.ok() ? std::string() : posterior.message()));
  while (posterior->advance(pool)) {
  }
  return std::make_shared<const inspect::Posterior>(std::move(*posterior));
}

// One of json["exact"]: its two pixels are read by a single layer, whose weights are the most probable ones.
struct ExactCase {
  nn::Network<float> network;
  std::shared_ptr<data::Dataset> dataset;
  std::vector<double> shown;  // φ of the image that is asked about
};

inline ExactCase exact_case(const Json& golden) {
  auto network =
      nn::Network<float>::build({.input = {1, 2, 1}, .layers = {{"flatten", {}}, {"dense", {{"units", 2}}}}});
  REQUIRE(network.ok());
  const std::vector<float> weights = golden["weights"];
  for (const nn::ParameterInfo& info : network->parameter_infos()) {
    const std::vector<float> torch = info.shape.size() > 1
                                         ? std::vector<float>{weights[0], weights[1], weights[3], weights[4]}
                                         : std::vector<float>{weights[2], weights[5]};
    network->import_parameter(info, std::span<const float>(torch), network->parameters());
  }
  auto dataset = std::make_shared<data::Dataset>();
  dataset->height = 1;
  dataset->width = 2;
  dataset->classes = 2;
  dataset->images = golden["pixels"].get<std::vector<std::uint8_t>>();
  dataset->labels = golden["labels"].get<std::vector<std::uint16_t>>();
  const std::vector<double> pixels = golden["shown"];
  return {std::move(*network), std::move(dataset), {pixels[0] / 255, pixels[1] / 255, 1}};
}

}  // namespace descent::testing
