// SPDX-License-Identifier: MIT
// Starting the workers: each makes its core on its own thread, so that none of it delays the first frame.
#include "web/host.h"

namespace descent::web {

Host::Host()
    : race_(std::make_unique<RaceWorker>([] { return std::make_unique<train::Race>(); })),
      trainer_(std::make_unique<TrainerWorker>([] { return std::make_unique<train::Trainer>(); })),
      jobs_(std::make_unique<JobWorker>([] { return std::make_unique<train::Jobs>(); })) {}

Host::~Host() = default;

}  // namespace descent::web
