// SPDX-License-Identifier: MIT
// Checks what is said of a pinned unit, weight and pixel, and of signals that die: the numbers are those of the terms,
// the sums are checked, and gates are told apart.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "engine/inspect/lookup.h"
#include "engine/inspect/unit.h"
#include "engine/nn/network.h"
#include "web/model/network/terms.h"
#include "web/model/words/pixel_words.h"
#include "web/model/words/signal_words.h"
#include "web/model/words/unit_words.h"
#include "web/model/words/weight_words.h"

namespace descent::testing {
namespace {

using training::Inspection;
using web::PinLine;

const PinLine* find(const std::vector<PinLine>& lines, std::string_view name) {
  const auto found = std::find_if(lines.begin(), lines.end(), [&](const PinLine& line) { return line.name == name; });
  return found == lines.end() ? nullptr : &*found;
}

bool says(const PinLine* line, std::string_view part) {
  return line != nullptr && line->text.find(part) != std::string::npos;
}

// A small network and one digit in it.
struct Studied {
  nn::Network<float> network;
  inspect::Pass pass;
};

Studied study() {
  nn::NetworkSpec spec;
  spec.layers = {{"conv2d", {{"out_channels", 3}, {"kernel", 3}}},
                 {"relu", {}},
                 {"max_pool2d", {{"kernel", 2}}},
                 {"flatten", {}},
                 {"dense", {{"units", 10}}}};
  auto network = nn::Network<float>::build(spec);
  REQUIRE(network.ok());
  network->initialize(3);
  std::vector<float> image(784);
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = std::sin(static_cast<float>(i) * 0.7f);
  auto pass = inspect::make_pass(*network, image, 4);
  REQUIRE(pass.ok());
  return {std::move(network).value(), std::move(pass).value()};
}

Inspection unit_of(const Studied& studied, int layer, const std::array<int, 3>& position) {
  Inspection seen;
  const auto& layers = studied.network.spec().layers;
  for (std::size_t i = 0; i < layers.size(); ++i)
    seen.layers.push_back({.type = layers[i].type,
                           .shape = studied.network.output_shape(static_cast<int>(i)),
                           .values = studied.pass.trace.outputs[i],
                           .delta = studied.pass.back.deltas[i]});
  auto unit = inspect::unit(studied.network, studied.pass, layer, position);
  REQUIRE(unit.ok());
  seen.unit = std::move(unit).value();
  seen.unit_place = {layer, position};
  for (const std::int64_t index : seen.unit->inputs.parameters) {
    if (index < 0) break;
    const auto place = inspect::place_of(studied.network, index);
    seen.unit_parameter = place.parameter;
    seen.unit_weights.push_back(place.index);
  }
  return seen;
}

TEST_CASE("pinned unit: a convolution's terms, sum and weights") {
  const Studied studied = study();
  const Inspection seen = unit_of(studied, 0, {4, 7, 2});
  CHECK(web::weighs_inputs(seen));
  CHECK(web::unit_title(seen).starts_with("Convolution, row 4, column 7, channel 2: z = "));
  const auto lines = web::unit_forward(seen);
  const PinLine* sum = find(lines, "term sum");
  REQUIRE(sum != nullptr);
  CHECK(std::fabs(*sum->value - static_cast<double>(seen.unit->value)) < 1e-5);
  const PinLine* first = find(lines, "term 1");
  REQUIRE(first != nullptr);
  for (const float term : seen.unit->inputs.terms)
    CHECK(std::fabs(term) <= std::fabs(static_cast<float>(*first->value)));
  REQUIRE(first->weight.has_value());
  CHECK(first->place.starts_with("row "));
  // Kernel 3×3 over one channel: the indices of output channel 2 in torch's order.
  CHECK(*first->weight >= 18);
  CHECK(*first->weight < 27);
  CHECK(says(find(lines, "term rest"), "and 4 more, together "));
  const web::TermPatch patch = web::patch_of(seen.unit->inputs, {28, 28, 1});
  CHECK(patch.shape == nn::Shape{3, 3, 1});
  CHECK(patch.y == 4);
  CHECK(patch.x == 7);
}

TEST_CASE("pinned unit: gates, the cell that won, and readers") {
  const Studied studied = study();
  bool open = false, shut = false;
  for (int x = 0; x < 26; ++x) {
    const Inspection seen = unit_of(studied, 1, {3, x, x % 3});
    const auto lines = web::unit_forward(seen);
    (seen.unit->value > 0 ? open : shut) = true;
    CHECK(says(find(lines, "gate"), seen.unit->value > 0 ? "Open" : "Shut"));
    CHECK_FALSE(web::weighs_inputs(seen));
    CHECK(find(web::unit_backward(seen), "reader gate") != nullptr);
  }
  CHECK(open);
  CHECK(shut);
  const Inspection pooled = unit_of(studied, 2, {5, 5, 1});
  CHECK(says(find(web::unit_forward(pooled), "winner"), "The cell at row 1"));
  CHECK(says(find(web::unit_forward(unit_of(studied, 3, {0, 0, 0})), "gate"), "as it is"));
  CHECK(says(find(web::unit_backward(unit_of(studied, 0, {1, 1, 0})), "reader gate"), "ReLU"));
  const Inspection flat = unit_of(studied, 3, {2, 3, 1});
  const auto blame = web::unit_backward(flat);
  CHECK(std::fabs(*find(blame, "blame sum")->value - static_cast<double>(flat.unit->delta)) < 1e-6);
  CHECK(says(find(blame, "blame rest"), "and 5 more"));
  CHECK(says(find(web::unit_backward(unit_of(studied, 4, {0, 0, 4})), "delta"), "p − y = "));
}

TEST_CASE("terms: the largest, the rest and the zeros") {
  const std::vector<float> terms{0.5f, 0, -2, 1, 0.25f, 0};
  const web::TermSum sum = web::sum_terms(terms, 2);
  CHECK(sum.largest == std::vector<std::size_t>{2, 3});
  CHECK(sum.rest == 2);
  CHECK(sum.rest_sum == 0.75);
  CHECK(sum.zeros == 2);
  CHECK(sum.sum == -0.25);
  CHECK(web::sum_terms({}, 5).largest.empty());
  CHECK(web::patch_of({}, {28, 28, 1}).shape.size() == 0);
  const web::CellRange both = web::range_of(terms, true), one = web::range_of(terms, false);
  CHECK(both.low == -2);
  CHECK(both.high == 2);
  CHECK(one.low == -2);
  CHECK(one.high == 1);
}

TEST_CASE("pinned weight: gradient, check and the way to the step") {
  Inspection seen;
  seen.weight.emplace();
  training::WeightStudy& weight = *seen.weight;
  seen.weight_place = {"7.weight", 131};
  weight.element = {1, 3};
  weight.value = 0.25f;
  weight.gradient = -0.5f;
  weight.terms = {-0.5f};
  weight.derivatives = {2.0f};
  weight.deltas = {-0.25f};
  weight.difference = {.value = -0.5, .step = 1e-4, .kink = false};
  CHECK(web::weight_title(seen) == "7.weight [1, 3] = 0.25");
  auto lines = web::weight_lines(seen);
  CHECK(says(find(lines, "weight gradient"), "input × delta = 2 × −0.25 = −0.5"));
  CHECK(says(find(lines, "central difference"), "Nudged by ±0.0001"));
  CHECK_FALSE(says(find(lines, "central difference"), "switches"));
  weight.difference.kink = true;
  CHECK(says(find(web::weight_lines(seen), "central difference"), "switches in between"));
  CHECK(web::weight_way(seen).empty());
  weight.stepped = true;
  weight.batch_gradient = 0.125;
  weight.memory = {{"m", 0.0125}, {"v", 0.001}};
  weight.step = -0.001;
  const auto way = web::weight_way(seen);
  REQUIRE(way.size() == 6);
  CHECK(way[2].label == "memory m");
  CHECK(way[4].value == -0.001);
  weight.terms.assign(676, 0.0f);
  weight.terms[3] = 1;
  CHECK(says(find(web::weight_lines(seen), "weight gradient"), "676 places where the weight is used, 1 of them"));
}

TEST_CASE("pinned pixel: the push and what it really does") {
  training::TrainerSnapshot trainer;
  Inspection& seen = trainer.inspection;
  trainer.class_labels = {5, 6};
  seen.image.assign(784, 0.25f);
  seen.probabilities = {0.75f, 0.25f};
  seen.jacobian.emplace();
  inspect::Jacobian& jacobian = *seen.jacobian;
  jacobian.classes = 2;
  jacobian.pixels = 784;
  jacobian.matrix.assign(1568, 0.0f);
  jacobian.matrix[784 + 30] = 3;
  CHECK(web::pixel_title(seen, 30) == "Pixel at row 1, column 2: ink 0.25 of 1");
  CHECK(web::slope_at(jacobian, 1, 30) == 3);
  CHECK(says(find(web::push_lines(trainer), "push"), "No push"));
  jacobian.push_class = 1;
  jacobian.push_length = 1.42;
  CHECK(find(web::push_lines(trainer), "push")->text ==
        "The smallest push that to first order makes it read 6 has the length 1.42.");
  CHECK(find(web::push_lines(trainer), "push really") == nullptr);
  seen.pushed_probabilities = {0.5f, 0.5f};
  CHECK(says(find(web::push_lines(trainer), "push really"), "6 goes from 25 % to 50 %, 5 from 75 % to 50 %"));
}

TEST_CASE("signals: dead, vanishing, exploding, well") {
  Inspection seen;
  CHECK(web::signal_sentence(seen).empty());
  seen.layers.resize(3);
  for (training::LayerActivation& layer : seen.layers)
    layer = {.type = "dense", .shape = {1, 1, 2}, .values = {3, 4}, .delta = {0.3f, 0.4f}};
  CHECK(web::signal_sentence(seen).empty());
  CHECK(web::signal_figures(seen, 0).activation == 5);
  seen.layers[0].delta = {3e-8f, 4e-8f};
  CHECK(web::signal_sentence(seen).find("vanishes") != std::string::npos);
  CHECK(web::signal_sentence(seen).find("is 5×10⁻⁸ at the first layer and 0.5 at the last") != std::string::npos);
  seen.layers[0].delta = {3e6f, 4e6f};
  CHECK(web::signal_sentence(seen).find("explodes") != std::string::npos);
  seen.layers[1].type = "relu";
  seen.layers[1].values = {0, 0};
  CHECK(web::signal_sentence(seen).find("all 2 units of layer 1 (ReLU) are shut") != std::string::npos);
  CHECK(web::log_share(1, 1) == 1);
  CHECK(web::log_share(1e-3, 1) == 0.5f);
  CHECK(web::log_share(0, 1) == 0);
  CHECK(web::log_share(1e-9, 1) == 0);
}

}  // namespace
}  // namespace descent::testing
