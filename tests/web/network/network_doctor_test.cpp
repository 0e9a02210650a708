// SPDX-License-Identifier: MIT
// The doctor says nothing of a healthy run of any preset, and does of the one that dies of its first weights.
#include <doctest/doctest.h>

#include "engine/data/synthetic_digits.h"
#include "engine/nn/initialization.h"
#include "engine/training/trainer.h"
#include "web/model/network/network_edit.h"
#include "web/model/network/presets.h"

namespace descent::testing {
namespace {

using training::Trouble;

constexpr int kSteps = 240;
// A sanitizer takes its time, and watches the same code in fewer steps; the whole of it runs as WebAssembly.
#ifdef __SANITIZE_ADDRESS__
constexpr int kHealthySteps = 60;
#else
constexpr int kHealthySteps = kSteps;
#endif
constexpr int kBatch = 8;

// The first finding along the first steps with the optimizer's usual rate.
Trouble found(const nn::NetworkSpec& network, int steps, const char* optimizer, const char* schedule = "constant") {
  static const auto split = std::make_shared<const data::DataSplit>(data::synthetic_split(7, 1000, 10));
  training::Trainer trainer;
  training::TrainerConfig config;
  config.network = network;
  config.optimizer = optimizer;
  config.batch_size = kBatch;
  config.threads = 1;
  config.schedule = schedule;
  REQUIRE(trainer.configure(config).ok());
  REQUIRE(trainer.load(split).ok());
  training::TrainerSnapshot snapshot;
  for (int step = 0; step < steps; step += 20) {
    REQUIRE(trainer.train_steps(20).ok());
    while (trainer.busy()) trainer.advance();
    trainer.publish(snapshot);
    if (snapshot.diagnosis.kind != Trouble::none) break;
  }
  return snapshot.diagnosis.kind;
}

TEST_CASE("no preset that learns is found ill") {
  for (const web::NetworkPreset& preset : web::network_presets()) {
    CAPTURE(preset.title);
    nn::NetworkSpec network = preset.make();
    if (preset.title == "Ten-layer perceptron") {
      CHECK(found(network, kSteps, "adam") != Trouble::none);
      web::initialize_all(network, static_cast<int>(nn::InitializationScheme::he_normal));
    }
    CHECK(found(network, kHealthySteps, "adam") == Trouble::none);
  }
  CHECK(found(web::network_presets()[1].make(), kHealthySteps, "gradient_descent") == Trouble::none);
  CHECK(found(web::network_presets()[1].make(), kHealthySteps, "adam", "one_cycle") == Trouble::none);
}

}  // namespace
}  // namespace descent::testing
