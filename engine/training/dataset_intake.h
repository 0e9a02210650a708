// SPDX-License-Identifier: MIT
// DatasetIntake: the four files of a data set on their way in, piece by piece, plain or gzip, so that nothing but the
// set itself is ever held in memory, and one limit holds for both (data::kMaxIdxBytes).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "engine/core/result.h"
#include "engine/data/dataset.h"

namespace descent::training {

class DatasetIntake {
 public:
  // kRoles say what the four files are, in the order of their numbers.
  static constexpr std::array<std::string_view, 4> kRoles{"train_images", "train_labels", "test_images", "test_labels"};

  DatasetIntake();
  ~DatasetIntake();

  // More of file `role`, an index of kRoles; after an error the intake is of no more use.
  [[nodiscard]] core::Status feed(std::size_t role, std::span<const std::uint8_t> piece);
  // finish() comes when all is there; `name` is for sets that the catalog does not know.
  [[nodiscard]] core::Result<data::DataSplit> finish(std::string_view name);

 private:
  struct File;
  std::array<std::unique_ptr<File>, kRoles.size()> files_;
};

}  // namespace descent::training
