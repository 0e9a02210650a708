// SPDX-License-Identifier: MIT
// The whole reference network without the page around it: a training step at batch 32 (gradients and Adam), evaluation,
// one image, and Adam alone. Images are noise and labels are all alike: accuracy and real sparsity are the page's.
#include <cstdint>
#include <memory>
#include <string>

#include "engine/nn/network.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/parameter_update.h"
#include "tests/bench/kernels/cases.h"

namespace descent::bench {
namespace {

constexpr double kDirectStep = 7698432;     // multiply-adds an image of a training step, everything computed directly
constexpr double kDirectForward = 2631040;  // and of the forward pass

struct Whole {
  nn::Network<float> network;
  std::unique_ptr<optim::Optimizer<float>> adam;
  optim::ParameterUpdate update;
  std::vector<float> images;
  std::vector<std::uint16_t> labels;
  std::int64_t t = 0;

  explicit Whole(int batch)
      : network(std::move(*nn::Network<float>::build(nn::reference_network()))),
        adam(std::move(*optim::make_optimizer<float>("adam", {}))),
        images(random_floats(network.input_size() * batch, 0, 1)),
        labels(static_cast<std::size_t>(batch)) {
    network.initialize(1);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::uint16_t>(i % 10);
    adam->reset(network.parameters().size());
    update.resize(network.parameters().size());
  }
  void step(parallel::ThreadPool& pool) {
    network.loss_and_gradients(images, labels, static_cast<std::uint64_t>(t), pool);
    apply(pool);
  }
  void evaluate(parallel::ThreadPool& pool) { network.evaluate(images, labels, {}, pool); }
  void apply(parallel::ThreadPool& pool) {
    const optim::StepContext context{.t = ++t, .learning_rate = 1e-6};
    update.apply(*adam, network.parameters(), network.gradients(), context, pool);
  }
};

void add(Cases& cases, const char* pass, int batch, double madds, void (Whole::*run)(parallel::ThreadPool&),
         double bytes = 0) {
  const auto make = [batch, run](parallel::ThreadPool& pool) -> Call {
    const auto whole = std::make_shared<Whole>(batch);
    return [whole, run, &pool] { ((*whole).*run)(pool); };
  };
  cases.push_back({"network", std::string(pass) + " batch " + std::to_string(batch), batch, madds, 0, bytes, {}, make});
}

}  // namespace

void add_network(Cases& cases) {
  add(cases, "step", 32, kDirectStep, &Whole::step);
  add(cases, "evaluate", 250, kDirectForward, &Whole::evaluate);
  add(cases, "evaluate", 1, kDirectForward, &Whole::evaluate);
  // Parameters and both moments are read and written, gradients read, the parameters kept.
  add(cases, "adam", 32, 0, &Whole::apply, 8 * 4 * 225034.0 / 32);
}

}  // namespace descent::bench
