// SPDX-License-Identifier: MIT
// The neuron: its loss is the mean squared error of the curve that neuron_output() draws, the surface follows a moved
// data point, and minima() finds all of them for data of several kinds: none where the data are separable, the true
// weights where the data come from a neuron, two where labels are wrong.
#include "engine/surfaces/neuron.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "tests/support/close.h"

using namespace descent;
using descent::testing::close;

namespace {

std::vector<double> usual_data() {
  return core::default_values(surfaces::find_surface("neuron")->info->parameters);
}

std::unique_ptr<surfaces::Surface> neuron(const std::vector<double>& data) {
  auto made = surfaces::make_surface("neuron", data);
  REQUIRE(made.ok());
  return std::move(made).value();
}

// Targets that the neuron (w, b) answers itself, at the usual inputs.
std::vector<double> answered_by(surfaces::Point weights) {
  std::vector<double> data = usual_data();
  for (std::size_t i = 0; i < surfaces::kNeuronPoints; ++i)
    data[surfaces::neuron_target_index(i)] = surfaces::neuron_output(weights, data[surfaces::neuron_input_index(i)]);
  return data;
}

}  // namespace

TEST_CASE("the loss is the mean squared error of the drawn curve") {
  const std::vector<double> data = usual_data();
  const auto surface = neuron(data);
  for (const surfaces::Point weights : {surfaces::Point{0, 0}, {2.5, -1}, {-3, 4}}) {
    double sum = 0;
    for (std::size_t i = 0; i < surfaces::kNeuronPoints; ++i) {
      const double z = weights[0] * data[2 * i] + weights[1];
      CHECK(close(surfaces::neuron_output(weights, data[2 * i]), 1 / (1 + std::exp(-z)), 1e-15, 0));
      sum += std::pow(1 / (1 + std::exp(-z)) - data[2 * i + 1], 2);
    }
    CHECK(close(surface->evaluate(weights, {}), sum / 8, 1e-13, 0));
  }
}

TEST_CASE("a moved data point moves the surface") {
  std::vector<double> data = usual_data();
  const double before = neuron(data)->evaluate(surfaces::Point{1, 0}, {});
  data[surfaces::neuron_target_index(7)] = 0.9;
  const double after = neuron(data)->evaluate(surfaces::Point{1, 0}, {});
  const double answer = surfaces::neuron_output({1, 0}, data[surfaces::neuron_input_index(7)]);
  CHECK(close(after - before, (std::pow(answer - 0.9, 2) - std::pow(answer - 0.3, 2)) / 8, 1e-12, 0));
}

TEST_CASE("minima are found: two with wrong labels, the neuron's own weights without noise, none that is finite") {
  const auto wrong_labels = neuron(usual_data())->minima();
  REQUIRE(wrong_labels.size() == 2);
  CHECK(wrong_labels[0].value < wrong_labels[1].value);
  CHECK(close(wrong_labels[0].point[0], 0.22752, 1e-4, 0));  // the flat one; by an independent search on a finer grid
  CHECK(close(wrong_labels[1].point[0], 2.84208, 1e-5, 0));
  for (const surfaces::Point weights : {surfaces::Point{1.5, -0.7}, {-2, 1}, {0.3, 4}}) {
    const auto minima = neuron(answered_by(weights))->minima();
    REQUIRE(!minima.empty());
    CHECK(close(minima[0].value, 0, 0, 1e-25));
    CHECK(close(minima[0].point[0], weights[0], 1e-9, 0));
    CHECK(close(minima[0].point[1], weights[1], 1e-9, 0));
  }
  std::vector<double> separable = usual_data();
  for (std::size_t i = 0; i < surfaces::kNeuronPoints; ++i) separable[surfaces::neuron_target_index(i)] = i < 4 ? 0 : 1;
  CHECK(neuron(separable)->minima().empty());  // the loss falls for ever as w grows
}
