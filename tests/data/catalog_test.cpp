// SPDX-License-Identifier: MIT
// The data sets that have a name: complete entries, names that scripts and links use, names as people write them, and
// sets that are what their entry says.
#include "engine/data/catalog.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

namespace {

using namespace descent::data;

std::string name_written(std::string_view text) {
  const DatasetInfo* info = find_dataset_written(text);
  return info == nullptr ? "none" : std::string(info->name);
}

TEST_CASE("data sets: every entry has a name and a title of its own, and digests or a generator") {
  std::set<std::string_view> names, titles;
  for (const DatasetInfo& info : catalog()) {
    CAPTURE(info.name);
    CHECK(names.insert(info.name).second);
    CHECK(titles.insert(info.title).second);
    CHECK(find_dataset_written(info.name) == &info);  // so there are no capitals and no _ in it
    CHECK(!info.title.empty());
    for (const std::string_view digest : info.digests) {
      CHECK(digest.size() == (info.generate == nullptr ? 64 : 0));
      CHECK(digest.find_first_not_of("0123456789abcdef") == std::string_view::npos);
    }
    CHECK(find_dataset(info.name) == &info);
  }
  // A site without files has something to train on.
  CHECK(std::any_of(catalog().begin(), catalog().end(), [](const DatasetInfo& i) { return i.generate != nullptr; }));
}

TEST_CASE("data sets: names that scripts and links use are kept, and MNIST is preferred") {
  CHECK(catalog().front().name == "mnist");
  REQUIRE(find_dataset("procedural digits") != nullptr);
  CHECK(find_dataset("procedural digits")->title == "procedural digits");
  CHECK(find_dataset("mnist")->title == "MNIST");
  CHECK(find_dataset("MNIST") == nullptr);
  CHECK(find_dataset("") == nullptr);
  CHECK(find_dataset("your files") == nullptr);
}

TEST_CASE("data sets: names as people write them") {
  CHECK(name_written(" MNIST\n") == "mnist");
  CHECK(name_written("Procedural_Digits") == "procedural digits");
  CHECK(name_written("procedural ") == "procedural digits");
  for (const char* other : {"", " ", "_", "digits", "proc", "mnist digits", "imagenet"}) {
    CAPTURE(other);
    CHECK(name_written(other) == "none");
  }
}

TEST_CASE("data sets: an unknown name is answered with all there are") {
  const std::string message = unknown_dataset("imagenet").message;
  CHECK(message.starts_with("dataset is 'imagenet'; it must be 'mnist' or '"));
  for (const DatasetInfo& info : catalog())
    CHECK(message.find("'" + std::string(info.name) + "'") != std::string::npos);
  CHECK(unknown_dataset(std::string(1000, 'x')).message.starts_with("dataset is '" + std::string(40, 'x') + "';"));
}

TEST_CASE("data sets: what is generated bears its title and fits together") {
  for (const DatasetInfo& info : catalog()) {
    if (info.generate == nullptr) continue;
    CAPTURE(info.name);
    const DataSplit split = info.generate();
    CHECK(split.name == info.title);
    CHECK(split.catalog_name == info.name);
    for (const Dataset* part : {&split.train, &split.test}) {
      CHECK(part->name == info.title);
      CHECK(part->size() > 0);
      CHECK(part->images.size() == static_cast<std::size_t>(part->size()) * part->image_size());
      CHECK(part->classes == static_cast<int>(split.class_labels.size()));
      CHECK(*std::max_element(part->labels.begin(), part->labels.end()) < part->classes);
    }
  }
}

}  // namespace
