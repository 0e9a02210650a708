// SPDX-License-Identifier: MIT
// A Study is a long look at the network that the trainer works on in slices, beside everything else: while it trains,
// for about a tenth of the time. It holds copies of what it needs, so that the network may go on, and the answer's
// address.
#pragma once

#include <string>
#include <string_view>

#include "engine/parallel/thread_pool.h"

namespace descent::training {

class Study {
 public:
  virtual ~Study() = default;

  // The next study of the same kind takes this one's place.
  [[nodiscard]] virtual std::string_view kind() const = 0;
  // Works for about so many seconds. False when it is done, and whoever asked was told.
  virtual bool advance(parallel::ThreadPool& pool, double seconds) = 0;
  // Tells whoever asked that there will be no result, and why: a sentence. Nothing else is called afterwards.
  virtual void cancel(std::string_view why) = 0;
};

}  // namespace descent::training
