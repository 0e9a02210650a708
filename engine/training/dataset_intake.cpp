// SPDX-License-Identifier: MIT
#include "engine/training/dataset_intake.h"

#include <string>
#include <utility>

#include "engine/core/check.h"
#include "engine/data/idx_split.h"
#include "engine/io/gzip.h"

namespace descent::training {

// A File never moves, so that its reader stays where it is: the unpacker writes to it.
struct DatasetIntake::File {
  explicit File(std::string_view role)
      : reader(std::string(role), role.ends_with("images") ? data::IdxKind::images : data::IdxKind::labels),
        unpacker(std::string(role), [this](std::span<const std::uint8_t> piece) { return reader.feed(piece); }) {}

  [[nodiscard]] core::Status finish() {
    if (core::Status status = unpacker.finish(); !status.ok()) return status;
    return reader.finish();
  }

  data::IdxReader reader;
  io::Unpacker unpacker;
};

DatasetIntake::DatasetIntake() {
  for (std::size_t i = 0; i < kRoles.size(); ++i) files_[i] = std::make_unique<File>(kRoles[i]);
}
DatasetIntake::~DatasetIntake() = default;

core::Status DatasetIntake::feed(std::size_t role, std::span<const std::uint8_t> piece) {
  DESCENT_ASSERT(role < files_.size());
  return files_[role]->unpacker.feed(piece);
}

core::Result<data::DataSplit> DatasetIntake::finish(std::string_view name) {
  for (const auto& file : files_)
    if (core::Status status = file->finish(); !status.ok()) return status.error();
  return data::make_split(
      {files_[0]->reader.take(), files_[1]->reader.take(), files_[2]->reader.take(), files_[3]->reader.take()}, name);
}

}  // namespace descent::training
