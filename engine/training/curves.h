// SPDX-License-Identifier: MIT
// The curves of a training run, bounded however long it gets: points are means over a number of steps; when there are
// too many, neighbours are merged and the number of steps doubles. What is recorded depends on the steps alone, not on
// time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/training/trainer.h"

namespace descent::training {

// Mean loss and accuracy over images.
class RunningMean {
 public:
  void clear() { *this = {}; }
  void add(double mean_loss, std::int64_t correct, std::int64_t images) {
    loss_ += mean_loss * static_cast<double>(images);
    correct_ += correct;
    images_ += images;
  }
  [[nodiscard]] std::int64_t images() const { return images_; }
  [[nodiscard]] Metrics metrics() const {
    if (images_ == 0) return {};
    const auto n = static_cast<double>(images_);
    return {loss_ / n, static_cast<double>(correct_) / n, true};
  }
  // `record` gets every number there is, in an order of its own (run_record.h).
  template <class Record>
  void visit(Record& record) {
    record(loss_), record(correct_), record(images_);
  }

 private:
  double loss_ = 0;  // sum over images
  std::int64_t correct_ = 0;
  std::int64_t images_ = 0;
};

class Curves {
 public:
  static constexpr std::size_t kMaxPoints = 2048;  // of each curve
  static constexpr std::size_t kMaxChanges = 256;
  static constexpr std::int64_t kFirstInterval = 20;  // steps a point of the train curve

  Curves();
  void clear();
  // One training step. A point appears at step 1 and then after every interval; nothing is allocated.
  void add_step(std::int64_t step, double epoch, double mean_loss, std::int64_t correct, std::int64_t images);
  void add_test(std::int64_t step, double epoch, const Metrics& metrics);
  // A setting changed between two steps; none before the first. Changes of one setting between two points of the train
  // curve are one, and none if it is back where it was: a slider is dragged over many values.
  void add_change(const CurveChange& change);

  [[nodiscard]] const std::vector<CurvePoint>& train() const { return train_; }
  [[nodiscard]] const std::vector<CurvePoint>& test() const { return test_; }
  [[nodiscard]] const std::vector<CurveChange>& changes() const { return changes_; }
  // Changes when earlier points changed.
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  [[nodiscard]] std::int64_t interval() const { return interval_; }  // steps a point of the train curve
  // The same as RunningMean's; the reader of a record hands what was good to take().
  template <class Record>
  void visit(Record& record) {
    pending_.visit(record);
    record(interval_);
    for (std::vector<CurvePoint>* curve : {&train_, &test_}) {
      record.count(*curve, kMaxPoints);
      for (CurvePoint& point : *curve)
        record(point.step), record(point.epoch), record(point.loss), record(point.accuracy);
    }
  }
  template <class Record>
  void visit_changes(Record& record) {
    record.count(changes_, kMaxChanges);
    for (CurveChange& change : changes_)
      record(change.step), record(change.epoch), record(change.setting), record(change.from), record(change.to);
  }
  void take(const Curves& kept) {
    train_.assign(kept.train_.begin(), kept.train_.end());
    test_.assign(kept.test_.begin(), kept.test_.end());
    changes_ = kept.changes_;
    pending_ = kept.pending_;
    interval_ = kept.interval_;
    ++generation_;
  }

 private:
  std::vector<CurvePoint> train_, test_;
  std::vector<CurveChange> changes_;
  RunningMean pending_;
  std::int64_t interval_ = kFirstInterval;
  std::uint64_t generation_ = 0;
};

// The setting as a script names it: "learning_rate", "batch_size", ….
[[nodiscard]] std::string_view setting_name(const CurveChange& change, std::string_view optimizer);

}  // namespace descent::training
