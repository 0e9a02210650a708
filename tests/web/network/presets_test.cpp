// SPDX-License-Identifier: MIT
// The networks that the page offers: all fit, each is found again, and what their texts promise is true.
#include "web/model/network/presets.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "engine/data/synthetic_digits.h"
#include "engine/nn/initialization.h"
#include "engine/training/trainer.h"
#include "web/model/network/network_edit.h"

namespace descent::web {
namespace {

nn::NetworkSpec preset(std::string_view title) {
  for (const NetworkPreset& entry : network_presets())
    if (entry.title == title) return entry.make();
  FAIL("there is no such preset");
  return {};
}

// Accuracy on procedural digits that were not seen, after as many steps of the page's own settings.
double accuracy_after(const nn::NetworkSpec& spec, int steps) {
  training::Trainer trainer;
  training::TrainerConfig config;
  config.network = spec;
  config.threads = 2;
  REQUIRE(trainer.configure(config).ok());
  REQUIRE(trainer.load(std::make_shared<const data::DataSplit>(data::synthetic_split(7, 2000, 300))).ok());
  REQUIRE(trainer.train_steps(steps).ok());
  while (trainer.busy()) trainer.advance();
  training::TrainerSnapshot shown;
  trainer.publish(shown);
  REQUIRE(shown.test.known);
  return shown.test.accuracy;
}

}  // namespace

TEST_CASE("presets: each fits, and is found again with any number of outputs") {
  int index = 0;
  for (const NetworkPreset& entry : network_presets()) {
    CAPTURE(entry.title);
    CHECK(check_network(entry.make(), 10, "MNIST").wrong == -1);
    CHECK(find_preset(nn::with_outputs(entry.make(), 26)) == index++);
    CHECK(entry.doc.ends_with('.'));
  }
  nn::NetworkSpec own = nn::reference_network();
  own.layers.erase(own.layers.begin() + 1);
  CHECK(find_preset(own) == -1);
}

// LeCun et al. 1998, section II.B: C1 has 156 parameters, C5 48,120, F6 10,164. C3 has 1,516 there, with a table of
// which filter reads which map; with all of them 2,416. 840 codes of the end are 850 weights and biases here.
TEST_CASE("presets: LeNet-5 has the paper's shapes and, but for what its text names, its parameters") {
  const nn::Outline outline = nn::outline(preset("LeNet-5"));
  const auto count = [&](std::size_t i) { return outline.layers[i].parameters; };
  CHECK(outline.layers[0].output == nn::Shape{28, 28, 6});
  CHECK(outline.layers[2].output == nn::Shape{14, 14, 6});
  CHECK(outline.layers[3].output == nn::Shape{10, 10, 16});
  CHECK(outline.layers[5].output == nn::Shape{5, 5, 16});
  CHECK(count(0) == 156);
  CHECK(count(3) == 2416);
  CHECK(count(7) == 48120);
  CHECK(count(9) == 10164);
  CHECK(outline.parameters == 61706);
}

TEST_CASE("presets: the ten-layer perceptron stays at chance with its first weights and learns with He's") {
  nn::NetworkSpec spec = preset("Ten-layer perceptron");
  const double dead = accuracy_after(spec, 300);
  initialize_all(spec, static_cast<int>(nn::InitializationScheme::he_normal));
  const double alive = accuracy_after(spec, 300);
  CHECK(dead < 0.2);
  CHECK(alive > 0.5);
}

}  // namespace descent::web
