// SPDX-License-Identifier: MIT
// From four IDX files to a training and a test set: do they fit together, how many classes are there, and is it MNIST?
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
// ascending order, wherever they begin. The name is "MNIST" when the four files are byte for byte those of MNIST (by
// SHA-256), else `other_name`.
[[nodiscard]] core::Result<DataSplit> make_split(IdxFiles files, std::string_view other_name);

}  // namespace descent::data
