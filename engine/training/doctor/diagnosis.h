// SPDX-License-Identifier: MIT
// A Diagnosis is what the doctor (doctor.h) finds of a training run, as kind and numbers, and Advice what has been
// tried for it (rate_search.h); engine/words says both in sentences.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace descent::training {

enum class Trouble { none, diverged, dead_relus, chance, no_progress, overfitting };
[[nodiscard]] std::string_view to_string(Trouble trouble);

// The best that one answer for all images can do on the training set: a network that has learned nothing of the images
// comes to this.
struct Guessing {
  double accuracy = 0;  // the share of the most frequent class
  double loss = 0;      // nats: the entropy of the classes' frequencies
};

// The run has ended: a loss or a weight was not a finite number.
struct RunDiverged {
  double learning_rate = 0;
  double last_loss = 0;  // the newest finite one
};

// One ReLU layer over the images of a probe. Of a convolution a unit is a whole map: its places share their weights.
struct DeadUnits {
  int layer = 0;  // in the network's list, counted from 0
  std::int64_t units = 0;
  std::int64_t dead = 0;  // 0 for every image (and at every place)
  [[nodiscard]] bool all() const { return dead == units; }
};

// The answers are no better than guessing, and the loss does not fall any more.
struct AtChance {
  double accuracy = 0;
  double expected = 0;        // Guessing::accuracy
  double standard_error = 0;  // of an accuracy over so many images, were it `expected`
  double loss = 0;
  std::int64_t steps = 0;  // the newest ones, that all of this is about
  std::int64_t images = 0;
};

// The loss has hardly moved.
struct NoProgress {
  double from = 0, to = 0;    // the line through the losses, at both ends
  std::int64_t steps = 0;     // between these
  double forecast = 0;        // the lowest loss to be expected when all laid-out steps are done
  std::int64_t laid_out = 0;  // steps
  double learning_rate = 0;
};

// The test loss rises while the train loss falls.
struct Overfitting {
  std::int64_t best_step = 0;  // where the test loss was lowest,
  double best_epoch = 0;
  double best_test = 0, test = 0;    // then and now
  double train_then = 0, train = 0;  // beside
  int evaluations = 0;               // of the test set, since then and with that one
  bool repeatable = false;           // from step 0 on with the present settings alone: the run would pass there again
};

struct Diagnosis {
  Trouble kind = Trouble::none;
  std::int64_t since_step = 0;  // the first step of the trouble, counted from 1, as far as the curves tell
  std::variant<std::monostate, RunDiverged, AtChance, NoProgress, Overfitting> facts;
  std::vector<DeadUnits> relus;  // of every ReLU layer where the network answers at chance; else empty
};

// One learning rate, tried from the first weights on a copy.
struct RateTrial {
  double learning_rate = 0;
  double loss = 0;      // at its end; not finite when it has diverged
  bool trains = false;  // the loss came down: see rate_search.h
  bool worse = false;   // it went up
};

// RateRange is the rate finder's result for a network, its optimizer, batch size and data.
struct RateRange {
  bool known = false;
  double largest = 0;             // of the rates that train; 0: none of them does
  std::vector<RateTrial> trials;  // in the order of their rates
  int steps = 0;                  // of each trial
  int images = 0;                 // the first ones of the training set: all losses are theirs
  double first_loss = 0;          // with the first weights
};

// An offer: to begin anew with `learning_rate`, or, where that is 0, for so many epochs. It has been tried:
// `steps` steps from step 0 took the loss over `images` images (0: the test set) from `from` to `to`. steps 0: nothing.
struct Advice {
  double learning_rate = 0;
  std::int64_t epochs = 0;
  std::int64_t steps = 0;
  std::int64_t images = 0;
  double from = 0, to = 0;

  [[nodiscard]] bool offers() const { return steps > 0; }
};

}  // namespace descent::training
