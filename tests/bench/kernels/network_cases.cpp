// SPDX-License-Identifier: MIT
// The whole seed network without the page around it: a training step at batch 32 (gradients and Adam), evaluation, one
// image, and Adam alone. Images are noise and labels are all alike: for accuracy and real sparsity there is the page.
#include <cstdint>
#include <memory>
#include <string>

#include "engine/nn/network.h"
#include "engine/optim/optimizer.h"
#include "tests/bench/kernels/cases.h"

namespace descent::bench {
namespace {

constexpr double kDirectStep = 7698432;     // multiply-adds an image of a training step, everything computed directly
constexpr double kDirectForward = 2631040;  // and of the forward pass

struct Whole {
  nn::Network<float> network;
  std::unique_ptr<optim::Optimizer<float>> adam;
  std::vector<float> images;
  std::vector<std::uint8_t> labels;
  std::int64_t t = 0;

  explicit Whole(int batch)
      : network(std::move(*nn::Network<float>::build(nn::seed_network()))),
        adam(std::move(*optim::make_optimizer<float>("adam", {}))),
        images(random_floats(network.input_size() * batch, 0, 1)),
        labels(static_cast<std::size_t>(batch)) {
    network.initialize(1);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::uint8_t>(i % 10);
    adam->reset(network.parameters().size());
  }
  void step(parallel::ThreadPool& pool) {
    network.loss_and_gradients(images, labels, static_cast<std::uint64_t>(t), pool);
    update();
  }
  void evaluate(parallel::ThreadPool& pool) { network.evaluate(images, labels, {}, pool); }
  void update() { adam->step(network.parameters(), network.gradients(), {.t = ++t, .learning_rate = 1e-6}); }
};

void add(Cases& cases, const char* pass, int batch, double madds, void (Whole::*run)(parallel::ThreadPool&)) {
  const auto make = [batch, run](parallel::ThreadPool& pool) -> Call {
    const auto whole = std::make_shared<Whole>(batch);
    return [whole, run, &pool] { ((*whole).*run)(pool); };
  };
  cases.push_back({"network", std::string(pass) + " batch " + std::to_string(batch), batch, madds, 0, 0, {}, make});
}

}  // namespace

void add_network(Cases& cases) {
  add(cases, "step", 32, kDirectStep, &Whole::step);
  add(cases, "evaluate", 250, kDirectForward, &Whole::evaluate);
  add(cases, "evaluate", 1, kDirectForward, &Whole::evaluate);
  const auto make = []() -> Call {
    const auto whole = std::make_shared<Whole>(32);
    return [whole] { whole->update(); };
  };
  // Parameters and both moments are read and written, gradients read; spread over a batch of 32.
  cases.push_back({"network", "adam", 32, 0, 0, 7 * 4 * 225034.0 / 32, make, {}});
}

}  // namespace descent::bench
