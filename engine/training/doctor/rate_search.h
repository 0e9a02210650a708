// SPDX-License-Identifier: MIT
// RateSearch: the rate finder, after the range test of Smith, "Cyclical learning rates for training neural networks",
// WACV 2017: the loss after a few steps against the learning rate. Unlike there every rate begins anew, on a copy of
// the network from the run's own first weights, with its batches and its optimizer, so that no rate pays for the one
// before and each trial is a run that could be had. A rate trains when the mean loss of the first kProbe training
// images is lower than before, and lower than guessing's, both by three standard errors of the mean difference image by
// image. Tried are the optimizer's usual rate times 1, 3, 10, … as long as they train (where it does not train, larger
// ones if it did no harm, else smaller ones), and then once between the last that does and the first that does not;
// eight in all at most. Everything is done step by step, so that it fits beside training, and depends on the
// configuration alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/data/batcher.h"
#include "engine/optim/parameter_update.h"
#include "engine/training/doctor/doctor.h"
#include "engine/training/trainer.h"

namespace descent::training {

// trial_steps() is how many steps each rate has: 20 with usual batches, down to ten with large ones, whose gradients
// are less noisy.
[[nodiscard]] int trial_steps(int batch_size);

class RateSearch {
 public:
  using Data = std::shared_ptr<const data::DataSplit>;

  // config: whole (no empty hyper-parameters), of a network that can be built. Nothing when there is no memory for it.
  [[nodiscard]] static std::unique_ptr<RateSearch> make(const TrainerConfig& config, Data data, data::Layout layout,
                                                        parallel::ThreadPool& pool);

  [[nodiscard]] bool done() const { return queue_.empty(); }
  // One training step of the trial under way, or one look at the probe.
  void advance(parallel::ThreadPool& pool);
  // One more rate, for a range that is known.
  void go_on_from(const RateRange& range, double rate);
  // known once it was done.
  [[nodiscard]] const RateRange& range() const { return range_; }

 private:
  RateSearch(const TrainerConfig& config, Data data, data::Layout layout, nn::Network<float> network);
  void begin_trial();
  [[nodiscard]] bool step(parallel::ThreadPool& pool);
  [[nodiscard]] std::vector<double> probe_losses(parallel::ThreadPool& pool);
  void end_trial(bool finite, parallel::ThreadPool& pool);
  void choose_next();
  [[nodiscard]] std::optional<int> rung_towards_training() const;
  void add(double rate) { queue_.push_back(rate); }
  [[nodiscard]] const RateTrial* trial_at(double rate) const;
  [[nodiscard]] double rung(int number) const;

  TrainerConfig config_;
  Data data_;
  data::Layout layout_;
  nn::Network<float> network_;
  std::unique_ptr<optim::Optimizer<float>> optimizer_;
  optim::ParameterUpdate update_;
  data::Batcher batcher_;
  std::vector<float> first_weights_;
  core::AlignedVector<float> images_;                // (largest batch, input_size)
  std::vector<std::uint16_t> labels_;                // (largest batch)
  std::vector<double> first_losses_, guess_losses_;  // (images of the probe)
  double usual_ = 0, least_ = 0, most_ = 0;          // rates
  int step_ = 0;                                     // of the trial under way
  std::vector<double> queue_;                        // the rates to be tried, the present one first
  RateRange range_;
};

}  // namespace descent::training
