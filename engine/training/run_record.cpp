// SPDX-License-Identifier: MIT
// The record of a run, see run_record.h. Writer and reader go the same way through the fields, so that they cannot
// disagree.
#include "engine/training/run_record.h"

#include <cmath>

namespace descent::training {
namespace {

constexpr std::int64_t kVersion = 2, kWithoutChanges = 1;
constexpr double kMostWhole = 9007199254740992.0;  // 2^53
constexpr std::int64_t kPrintMask = (std::int64_t{1} << 53) - 1;
constexpr std::size_t kStride = 97;

class Writer {
 public:
  explicit Writer(std::vector<double>& out) : out_(out) {}
  void operator()(double value) { out_.push_back(value); }
  void operator()(std::int64_t value) { out_.push_back(static_cast<double>(value)); }
  void operator()(bool value) { out_.push_back(value ? 1 : 0); }
  template <class Entry>
  void count(const std::vector<Entry>& list, std::size_t) {
    (*this)(static_cast<std::int64_t>(list.size()));
  }

 private:
  std::vector<double>& out_;
};

class Reader {
 public:
  explicit Reader(std::span<const double> in) : in_(in) {}
  void operator()(double& value) { value = next(); }
  void operator()(std::int64_t& value) {
    const double number = next();
    if (std::abs(number) > kMostWhole || number != std::floor(number)) return fail();
    value = static_cast<std::int64_t>(number);
  }
  void operator()(bool& value) { value = next() != 0; }
  template <class Entry>
  void count(std::vector<Entry>& list, std::size_t most) {
    std::int64_t size = 0;
    (*this)(size);
    if (size < 0 || static_cast<std::size_t>(size) > most) return fail();
    list.resize(static_cast<std::size_t>(size));
  }
  void fail() { ok_ = false; }
  [[nodiscard]] bool good() const { return ok_ && at_ == in_.size(); }

 private:
  double next() {
    if (at_ == in_.size() || !std::isfinite(in_[at_])) ok_ = false;
    return ok_ ? in_[at_++] : 0;
  }

  std::span<const double> in_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

template <class Record>
void visit(RunRecord& run, Record& record, std::int64_t version) {
  record(run.data_print), record(run.transposed), record(run.finished), record(run.diverged);
  record(run.tested_step);
  record(run.target.by_epochs), record(run.target.epoch), record(run.target.step);
  record(run.evaluation.active), record(run.evaluation.position), record(run.evaluation.seconds);
  run.evaluation.mean.visit(record);
  run.epoch_mean.visit(record);
  record(run.test.loss), record(run.test.accuracy), record(run.test.known);
  record(run.seconds), record(run.evaluation_seconds), record(run.step_loss);
  run.curves.visit(record);
  if (version > kWithoutChanges) run.curves.visit_changes(record);
}

// FNV-1a over bytes and whole numbers alike.
void mix(std::uint64_t& hash, std::uint64_t value) {
  hash = (hash ^ value) * 1099511628211u;
}

}  // namespace

std::vector<double> RunRecord::numbers() {
  std::vector<double> numbers;
  numbers.reserve(40 + 4 * (curves.train().size() + curves.test().size()) + 5 * curves.changes().size());
  Writer writer(numbers);
  writer(kVersion);
  visit(*this, writer, kVersion);
  return numbers;
}

std::optional<RunRecord> record_of(std::span<const double> numbers) {
  Reader reader(numbers);
  std::int64_t version = 0;
  reader(version);
  RunRecord record;
  if (version != kVersion && version != kWithoutChanges) return {};
  visit(record, reader, version);
  const bool sound = record.evaluation.position >= 0 && record.data_print >= 0 && record.curves.interval() > 0;
  return reader.good() && sound ? std::optional(std::move(record)) : std::nullopt;
}

std::int64_t print_of(const data::DataSplit& split) {
  std::uint64_t hash = 14695981039346656037u;
  for (const data::Dataset* part : {&split.train, &split.test}) {
    for (const std::int64_t number : {part->size(), std::int64_t{part->height}, std::int64_t{part->width}})
      mix(hash, static_cast<std::uint64_t>(number));
    for (const std::uint16_t label : part->labels) mix(hash, label);
    for (std::size_t i = 0; i < part->images.size(); i += kStride) mix(hash, part->images[i]);
  }
  for (const std::int32_t label : split.class_labels) mix(hash, static_cast<std::uint32_t>(label));
  return (static_cast<std::int64_t>(hash >> 11) & kPrintMask) | 1;
}

}  // namespace descent::training
