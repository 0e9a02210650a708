// SPDX-License-Identifier: MIT
#include "engine/data/idx_split.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/data/catalog.h"
#include "engine/data/sha256.h"

namespace descent::data {

namespace {

using core::Error;
using core::Result;
using core::Status;

Status check_pair(const IdxFile& images, const IdxFile& labels) {
  if (images.extents[1] != kDigitSize || images.extents[2] != kDigitSize)
    return Error{core::fill("{} has images of {}x{}; the network takes 28x28", images.role, images.extents[1],
                            images.extents[2])};
  if (images.count() == labels.count()) return {};
  return Error{core::fill("{} has {} but {} has {}; there must be one label for each image", images.role,
                          core::counted(static_cast<std::uint64_t>(images.count()), "image"), labels.role,
                          core::counted(static_cast<std::uint64_t>(labels.count()), "label"))};
}

// The values that occur, ascending.
std::vector<std::int32_t> values_of(std::vector<std::int32_t> labels) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

std::vector<std::int32_t> united(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
  std::vector<std::int32_t> both = values_of(a);
  const std::vector<std::int32_t> more = values_of(b);
  both.insert(both.end(), more.begin(), more.end());
  return values_of(std::move(both));
}

Dataset dataset_of(IdxFile images, const std::vector<std::int32_t>& labels,
                   const std::vector<std::int32_t>& class_labels, const std::string& name) {
  Dataset dataset;
  dataset.name = name;
  dataset.classes = static_cast<int>(class_labels.size());
  dataset.images = std::move(images.values);
  dataset.labels.reserve(labels.size());
  for (const std::int32_t label : labels) {
    const auto place = std::lower_bound(class_labels.begin(), class_labels.end(), label);
    dataset.labels.push_back(static_cast<std::uint16_t>(place - class_labels.begin()));
  }
  return dataset;
}

bool has_digest(const IdxFile& file, std::string_view hex) {
  Sha256 sum;
  sum.add(file.header);
  sum.add(file.values);
  return sum.hex() == hex;
}

// are_files_of() says whether these are the files of a set of the catalog. It looks at the small files first: most
// other sets are told apart without hashing tens of megabytes.
bool are_files_of(const DatasetInfo& known, const IdxFiles& files) {
  if (known.generate != nullptr) return false;
  const auto& [train_images, train_labels, test_images, test_labels] = known.digests;
  return has_digest(files.test_labels, test_labels) && has_digest(files.train_labels, train_labels) &&
         has_digest(files.test_images, test_images) && has_digest(files.train_images, train_images);
}

// The set of the catalog whose files these are; nullptr when there is none.
const DatasetInfo* known_set(const IdxFiles& files) {
  for (const DatasetInfo& known : catalog())
    if (are_files_of(known, files)) return &known;
  return nullptr;
}

}  // namespace

Result<DataSplit> make_split(IdxFiles files, std::string_view other_name) {
  if (Status status = check_pair(files.train_images, files.train_labels); !status.ok()) return status.error();
  if (Status status = check_pair(files.test_images, files.test_labels); !status.ok()) return status.error();
  const std::vector<std::int32_t> train_labels = label_values(files.train_labels);
  const std::vector<std::int32_t> test_labels = label_values(files.test_labels);
  DataSplit split;
  split.class_labels = united(train_labels, test_labels);
  constexpr std::size_t kMost = std::numeric_limits<std::uint16_t>::max();
  if (split.class_labels.size() > kMost)
    return Error{core::fill("the labels of {} and {} have {} different values, more than a set of images has classes",
                            files.train_labels.role, files.test_labels.role, split.class_labels.size())};
  const DatasetInfo* known = known_set(files);
  split.name = known != nullptr ? known->title : other_name;
  if (known != nullptr) split.catalog_name = known->name;
  split.train = dataset_of(std::move(files.train_images), train_labels, split.class_labels, split.name);
  split.test = dataset_of(std::move(files.test_images), test_labels, split.class_labels, split.name);
  return split;
}

}  // namespace descent::data
