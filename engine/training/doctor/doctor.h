// SPDX-License-Identifier: MIT
// The doctor of a training run: says what is wrong with it, from its curves alone, so that the same step always gets
// the same answer. A healthy run gets none. Of the train curve it looks at the points since the settings last changed,
// each a mean over Curves::interval() steps, and at kWindow of them at least (200 steps at first):
//   diverged     the trainer has stopped: a loss or a weight was not a finite number
//   chance       over the newest kWindow points no more images are right than guessing gets, up to two standard errors
//                of a share (binomial: √(p(1 − p)/n)); the line through their losses does not fall by two of its
//                standard errors; and the loss was elsewhere before
//   dead_relus   the same, and in a layer every ReLU is 0 for each of kProbe images: no gradient passes it. By the rule
//                of three (Hanley, Lippman-Hand, JAMA 249, 1983) that holds for 97 % of all images at least
//   no_progress  the loss is above half of what guessing costs, and the line through all points falls so slowly, two of
//                its standard errors added, that the laid-out steps will not take off as much as that half. Where a
//                schedule holds the rate back nothing is said
//   overfitting  there were kRises evaluations or more since the test loss was lowest; the line through them rises by
//                three of its standard errors, and a twentieth of what had been learned about the test set (the loss
//                below guessing's) is lost again; the train loss has fallen meanwhile
#pragma once

#include <cstdint>
#include <span>

#include "engine/data/dataset.h"
#include "engine/nn/network.h"
#include "engine/parallel/thread_pool.h"
#include "engine/training/curves.h"
#include "engine/training/doctor/diagnosis.h"

namespace descent::training {

inline constexpr std::size_t kWindow = 10;  // points of the train curve
inline constexpr int kProbe = 128;          // images, the first ones of the training set
inline constexpr int kRises = 5;            // evaluations: five in a random order ascend once in 120 times

[[nodiscard]] Guessing guessing(const data::Dataset& train);

struct RunFacts {
  const Curves& curves;
  Guessing guess;
  std::int64_t settled = 0;  // the settings are as they are since this step
  int batch_size = 1;
  std::int64_t laid_out = 0;  // steps of the configuration's epochs
  double learning_rate = 0;   // of the next step, scheduled
  bool held_back = false;     // by the schedule, since `settled`
};

// examine() does not look into the network: of what it finds at chance, probe_relus() then says more.
[[nodiscard]] Diagnosis examine(const RunFacts& facts);

// Every ReLU layer, over the first kProbe training images with the present weights; dropout is off.
[[nodiscard]] std::vector<DeadUnits> probe_relus(const nn::Network<float>& network, const data::Dataset& train,
                                                 data::Layout layout, parallel::ThreadPool& pool);

}  // namespace descent::training
