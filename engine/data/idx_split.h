// SPDX-License-Identifier: MIT
// Makes of four IDX files a training and a test set: do they fit together, how many classes are there, and is it a set
// of the catalog?
#pragma once

#include <string_view>

#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/data/idx.h"

namespace descent::data {

struct IdxFiles {
  IdxFile train_images, train_labels, test_images, test_labels;
};

// Images of 28x28, as many labels as images. The classes are the values that occur among the labels of both parts, in
// ascending order, wherever they begin. The name is the title of the catalog's set whose files these are, byte for byte
// (by SHA-256), else `other_name`.
[[nodiscard]] core::Result<DataSplit> make_split(IdxFiles files, std::string_view other_name);

}  // namespace descent::data
