// SPDX-License-Identifier: MIT
// Says in sentences what there is to say of a run: how it ended, what is wrong with it. The race hands out facts; these
// are their sentences, for the page and for scripts alike.
#pragma once

#include <string>

#include "engine/optim/step_note.h"
#include "engine/race/descend.h"
#include "engine/race/diagnosis.h"
#include "engine/race/outcome/run_end.h"
#include "engine/race/run_snapshot.h"

namespace descent::words {

// A sentence without its full stop: what has happened and since when and, where there are any, the reasons with their
// numbers. Those who have little room say `what` alone.
struct Statement {
  std::string what;
  std::string reasons;

  [[nodiscard]] bool empty() const { return what.empty(); }
  [[nodiscard]] std::string text() const;  // "what: reasons"
};

// Nothing is said of a run that has not ended, where nothing is wrong, or of a step without a note.
[[nodiscard]] Statement statement(const race::RunEnd& end);
[[nodiscard]] Statement statement(const race::Diagnosis& diagnosis);
[[nodiscard]] Statement statement(const optim::StepNote& note);
// The first of the three that there is; of a run that has arrived, that as well.
[[nodiscard]] Statement statement(const race::RunnerSnapshot& run);

// reason_text() says how a run of descend() ended.
[[nodiscard]] std::string reason_text(const race::DescentResult& result);

}  // namespace descent::words
