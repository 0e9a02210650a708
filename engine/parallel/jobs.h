// SPDX-License-Identifier: MIT
// Jobs: the core of a worker that only runs one-off computations (evaluate, descend) for the scripting interface, so
// that they neither disturb the visible race nor touch the page's main thread. It has no state and no display.
#pragma once

namespace descent::parallel {

struct JobsSnapshot {};

class Jobs {
 public:
  using Snapshot = JobsSnapshot;
  [[nodiscard]] bool busy() const { return false; }
  void advance() {}
  void publish(Snapshot&) const {}
  [[nodiscard]] double publish_interval() const { return 1; }
};

}  // namespace descent::parallel
