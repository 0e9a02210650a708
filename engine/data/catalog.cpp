// SPDX-License-Identifier: MIT
// The list of data sets, see catalog.h. The setup of the site (web/setup/mnist.sh) reads MNIST's digests here.
#include "engine/data/catalog.h"

#include <algorithm>

#include "engine/core/fill.h"
#include "engine/data/synthetic_digits.h"

namespace descent::data {
namespace {

constexpr std::string_view kProceduralName = "procedural digits";

DataSplit procedural_digits() {
  constexpr std::uint64_t kSeed = 1;  // always the same digits, whatever a run's seed
  DataSplit split = synthetic_split(kSeed);
  split.catalog_name = kProceduralName;
  return split;
}

constexpr DatasetInfo kCatalog[] = {
    {.name = "mnist",
     .title = "MNIST",
     .digests = {"ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                 "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                 "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                 "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"}},
    {.name = kProceduralName, .title = kProceduralDigits, .generate = procedural_digits},
};

// "Procedural_Digits " as the catalog writes it.
std::string plain_name(std::string_view text) {
  std::string name(text);
  for (char& c : name) {
    if (c == '_') c = ' ';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const std::size_t first = name.find_first_not_of(" \t\n\r");
  if (first == std::string::npos) return {};
  return name.substr(first, name.find_last_not_of(" \t\n\r") - first + 1);
}

}  // namespace

std::span<const DatasetInfo> catalog() {
  return kCatalog;
}

const DatasetInfo* find_dataset(std::string_view name) {
  for (const DatasetInfo& info : kCatalog)
    if (info.name == name) return &info;
  return nullptr;
}

const DatasetInfo* find_dataset_written(std::string_view text) {
  const std::string name = plain_name(text);
  if (const DatasetInfo* info = find_dataset(name); info != nullptr) return info;
  for (const DatasetInfo& info : kCatalog)
    if (info.name.substr(0, info.name.find(' ')) == name) return &info;
  return nullptr;
}

core::Error unknown_dataset(std::string_view name) {
  constexpr std::size_t kMost = 40;
  std::string known;
  for (const DatasetInfo& info : kCatalog)
    known = known.empty() ? core::fill("'{}'", info.name) : core::fill("{} or '{}'", known, info.name);
  return core::Error{core::fill("dataset is '{}'; it must be {}", name.substr(0, kMost), known)};
}

}  // namespace descent::data
