// SPDX-License-Identifier: MIT
// Trainer: studies (study.h), one after the other in the order in which they were asked for.
#include <algorithm>
#include <utility>

#include "engine/core/fill.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {

std::vector<std::unique_ptr<Study>>::iterator Trainer::Impl::find_study(std::string_view kind) {
  return std::find_if(studies.begin(), studies.end(), [&](const auto& one) { return one->kind() == kind; });
}

void Trainer::Impl::begin_study(std::unique_ptr<Study> wanted) {
  const auto same = find_study(wanted->kind());
  if (same == studies.end()) {
    studies.push_back(std::move(wanted));
    return;
  }
  const std::unique_ptr<Study> former = std::exchange(*same, std::move(wanted));
  former->cancel(core::fill("another call of {} took its place", former->kind()));
}

void Trainer::Impl::go_on_with_studies() {
  if (studies.empty() || studies.front()->advance(*pool, study_slice())) return;
  studies.erase(studies.begin());
}

}  // namespace descent::training
