// SPDX-License-Identifier: MIT
// Bounded curves, see curves.h. Merging pairs keeps means exact where the points weigh the same.
#include "engine/training/curves.h"

#include <algorithm>
#include <iterator>

#include "engine/optim/optimizer.h"

namespace descent::training {
namespace {

// Merges each pair of points into one at the later step; a last odd one stays.
void merge_pairs(std::vector<CurvePoint>& curve) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < curve.size(); i += 2) {
    CurvePoint point = curve[i];
    if (i + 1 < curve.size()) {
      point = curve[i + 1];
      point.loss = (curve[i].loss + point.loss) / 2;
      point.accuracy = (curve[i].accuracy + point.accuracy) / 2;
    }
    curve[kept++] = point;
  }
  curve.resize(kept);
}

// Test figures are exact at their step: every second one is dropped, the last one stays.
void drop_every_second(std::vector<CurvePoint>& curve) {
  std::size_t kept = 0;
  for (std::size_t i = (curve.size() + 1) % 2; i < curve.size(); i += 2) curve[kept++] = curve[i];
  curve.resize(kept);
}

}  // namespace

Curves::Curves() {
  train_.reserve(kMaxPoints);
  test_.reserve(kMaxPoints);
}

void Curves::clear() {
  train_.clear();
  test_.clear();
  changes_.clear();
  pending_.clear();
  interval_ = kFirstInterval;
  ++generation_;
}

void Curves::add_step(std::int64_t step, double epoch, double mean_loss, std::int64_t correct, std::int64_t images) {
  pending_.add(mean_loss, correct, images);
  if (step != 1 && step % interval_ != 0) return;
  if (train_.size() == kMaxPoints) {
    merge_pairs(train_);
    interval_ *= 2;
    ++generation_;
  }
  const Metrics mean = pending_.metrics();
  train_.push_back({step, epoch, mean.loss, mean.accuracy});
  pending_.clear();
}

void Curves::add_test(std::int64_t step, double epoch, const Metrics& metrics) {
  if (test_.size() == kMaxPoints) {
    drop_every_second(test_);
    ++generation_;
  }
  test_.push_back({step, epoch, metrics.loss, metrics.accuracy});
}

void Curves::add_change(const CurveChange& change) {
  if (change.step == 0) return;
  const auto last = std::find_if(changes_.rbegin(), changes_.rend(),
                                 [&](const CurveChange& other) { return other.setting == change.setting; });
  const bool full = changes_.size() == kMaxChanges;
  if (last == changes_.rend() || (!full && change.step / interval_ != last->step / interval_)) {
    if (!full) changes_.push_back(change);
    return;
  }
  last->to = change.to;
  if (last->from == last->to && change.setting != CurveChange::kScheduleParameters)
    changes_.erase(std::next(last).base());
}

std::string_view setting_name(const CurveChange& change, std::string_view optimizer) {
  constexpr std::string_view kOthers[] = {"batch_size", "schedule", "schedule_parameters", "epochs"};
  if (change.setting < 0) return kOthers[-1 - change.setting];
  const optim::CatalogEntry* entry = optim::find_optimizer(optimizer);
  const auto index = static_cast<std::size_t>(change.setting);
  return entry != nullptr && index < entry->info->parameters.size() ? entry->info->parameters[index].name : "settings";
}

}  // namespace descent::training
