// SPDX-License-Identifier: MIT
// The data sets that have a name: files that are known by their digests, and sets that the program generates. The order
// is that of preference on a page that is asked for none. One more is one entry in catalog.cpp. What visitors bring of
// their own has no entry.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/data/dataset.h"

namespace descent::data {

struct DatasetInfo {
  std::string_view name;   // for scripts and links, lower case: "mnist"
  std::string_view title;  // as shown, the name of its DataSplit: "MNIST"
  // SHA-256 of its four files, unpacked: train_images, train_labels, test_images, test_labels. Empty when generated.
  std::array<std::string_view, 4> digests;
  DataSplit (*generate)() = nullptr;  // the same every time; nullptr when it comes as files
};

[[nodiscard]] std::span<const DatasetInfo> catalog();

// nullptr when there is none of that name.
[[nodiscard]] const DatasetInfo* find_dataset(std::string_view name);
// The same of a name as people write it: capitals, blanks around it and _ between its words do not matter, and its
// first word will do.
[[nodiscard]] const DatasetInfo* find_dataset_written(std::string_view text);

// "dataset is 'imagenet'; it must be 'mnist' or 'procedural digits'"
[[nodiscard]] core::Error unknown_dataset(std::string_view name);

}  // namespace descent::data
