// SPDX-License-Identifier: MIT
// Weights of other programs: names, prefixes, order, number types and extra tensors as PyTorch users have them, and
// what has to be refused because it could be read in more than one way, or in none.
#include "engine/training/weight_match.h"

#include <cmath>
#include <deque>
#include <limits>

#include "tests/training/helpers.h"

namespace descent::testing {
namespace {

using training::Trainer;
using training::TrainerConfig;

struct Given {
  std::string name;
  std::vector<std::int64_t> shape;
  double scale = 1;  // of its elements: scale * (1, 2, 3, …) / 4096
};

// A file with these tensors, in this order: all F32.
class FileOf {
 public:
  explicit FileOf(const std::vector<Given>& tensors) {
    for (const Given& given : tensors) add(given);
  }
  void add(const Given& given) {
    std::int64_t size = 1;
    for (const std::int64_t extent : given.shape) size *= extent;
    std::vector<float>& values = values_.emplace_back();
    for (std::int64_t i = 0; i < size; ++i)
      values.push_back(static_cast<float>(given.scale * static_cast<double>(i + 1) / 4096));
    tensors_.push_back(io::tensor_view(given.name, given.shape, std::span<const float>(values)));
  }
  void add_counter(const std::string& name, std::int64_t value) {
    counters_.push_back(value);
    tensors_.push_back(io::tensor_view(name, {}, std::span<const std::int64_t>(&counters_.back(), 1)));
  }
  [[nodiscard]] std::vector<std::uint8_t> bytes(const io::Metadata& metadata = {}) const {
    return io::write_safetensors(tensors_, metadata);
  }

 private:
  std::deque<std::vector<float>> values_;
  std::deque<std::int64_t> counters_;
  std::vector<io::TensorView> tensors_;
};

const std::vector<Given> kOwn = {{"0.weight", {4, 1, 3, 3}, 1}, {"0.bias", {4}, 2},        {"4.weight", {16, 144}, 0.1},
                                 {"4.bias", {16}, 3},           {"6.weight", {10, 16}, 1}, {"6.bias", {10}, 4}};

std::vector<Given> renamed(const std::vector<std::string>& names) {
  std::vector<Given> tensors = kOwn;
  for (std::size_t i = 0; i < tensors.size(); ++i) tensors[i].name = names[i];
  return tensors;
}

std::string refusal(const std::vector<std::uint8_t>& bytes, const TrainerConfig& config = small_config()) {
  const auto trainer = small_trainer(config);
  return message(trainer->restore(bytes));
}

// The weights' bits after restoring; the message in `note`.
std::uint64_t restored(const std::vector<std::uint8_t>& bytes, std::string* note = nullptr) {
  const auto trainer = small_trainer();
  REQUIRE(message(trainer->restore(bytes)).empty());
  if (note != nullptr) *note = snapshot_of(*trainer).message;
  return hash_of_weights(*trainer);
}

TEST_CASE("weights under other names, behind prefixes and in another order are the same weights") {
  const std::uint64_t expected = restored(FileOf(kOwn).bytes());
  std::string note;
  const std::vector<std::vector<std::string>> cases = {
      {"conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"},
      {"module.0.weight", "module.0.bias", "module.4.weight", "module.4.bias", "module.6.weight", "module.6.bias"},
      {"net.0.weight", "net.0.bias", "net.4.weight", "net.4.bias", "net.6.weight", "net.6.bias"},
      {"_orig_mod.0.weight", "_orig_mod.0.bias", "_orig_mod.4.weight", "_orig_mod.4.bias", "_orig_mod.6.weight",
       "_orig_mod.6.bias"},
      {"module._orig_mod.features.0.weight", "module._orig_mod.features.0.bias", "module._orig_mod.head.1.weight",
       "module._orig_mod.head.1.bias", "module._orig_mod.head.3.weight", "module._orig_mod.head.3.bias"},
      {"0.weight", "0.bias", "3.weight", "3.bias", "5.weight", "5.bias"},  // without a Flatten of its own
      {"c_w", "c_b", "hidden_w", "hidden_b", "out_w", "out_b"},
  };
  for (const auto& names : cases) {
    CAPTURE(names[0]);
    std::vector<Given> tensors = renamed(names);
    CHECK(restored(FileOf(tensors).bytes(), &note) == expected);
    std::reverse(tensors.begin(), tensors.end());
    CHECK(restored(FileOf(tensors).bytes()) == expected);
  }
  CHECK(restored(FileOf(renamed(cases[0])).bytes(), &note) == expected);
  CHECK(note ==
        "weights restored (conv1 is layer 0, fc1 is layer 4, fc2 is layer 6); the file has no optimizer state, so the "
        "run starts at step 0");
  // Negative control: other numbers are other weights.
  std::vector<Given> other = kOwn;
  other[3].scale = 5;
  CHECK_FALSE(restored(FileOf(other).bytes()) == expected);
}

TEST_CASE("counters and single numbers are left out and named, other extra tensors refused") {
  const std::uint64_t expected = restored(FileOf(kOwn).bytes());
  FileOf file(renamed({"conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"}));
  file.add_counter("bn1.num_batches_tracked", 7);
  file.add({"epoch", {}, 1});
  std::string note;
  CHECK(restored(file.bytes(), &note) == expected);
  CHECK(contains(note, "left out: bn1.num_batches_tracked, epoch"));
  FileOf own(kOwn);
  own.add({"1.num_batches_tracked", {1}, 1});
  CHECK(restored(own.bytes()) == expected);
  // Words of the metadata that mean something else there say nothing here.
  CHECK(restored(FileOf(kOwn).bytes({{"format", "pt"}, {"epoch", "12 of 90"}, {"step", "best"}})) == expected);
  // A normalisation's own weights change what the network computes: leaving them out would be wrong.
  for (const Given& extra :
       {Given{"bn1.weight", {4}, 1}, Given{"bn1.running_mean", {4}, 1}, Given{"8.weight", {5, 10}, 1}}) {
    FileOf more(kOwn);
    more.add(extra);
    const std::string sentence = refusal(more.bytes());
    CHECK(contains(sentence, "there is a tensor '" + extra.name + "' that this network has not"));
  }
}

TEST_CASE("what fits in no way is refused with what is wanted and what was found") {
  std::vector<Given> tensors =
      renamed({"conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"});
  tensors[2].shape = {16, 145};
  CHECK(refusal(FileOf(tensors).bytes()) ==
        "the weights file does not fit: its tensors do not have the shapes of this network's layers. Wanted: 0.weight "
        "[4, 1, 3, 3], 0.bias [4], 4.weight [16, 144], 4.bias [16], 6.weight [10, 16], 6.bias [10]. Found: "
        "conv1.weight [4, 1, 3, 3], conv1.bias [4], fc1.weight [16, 145], fc1.bias [16], fc2.weight [10, 16], "
        "fc2.bias [10]");
  tensors = renamed({"conv1.weight", "conv1.bias", "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"});
  tensors.pop_back();
  CHECK(contains(refusal(FileOf(tensors).bytes()), "Found: conv1.weight"));  // a bias is missing
  tensors = kOwn;
  tensors.erase(tensors.begin() + 3);
  CHECK(contains(refusal(FileOf(tensors).bytes()), "there is no tensor '4.bias' of shape [16]"));
  tensors = kOwn;
  tensors[4].shape = {16, 10};
  CHECK(
      contains(refusal(FileOf(tensors).bytes()), "tensor '6.weight' has shape [16, 10]; this network needs [10, 16]"));
  CHECK(contains(refusal(FileOf({}).bytes()), "Found: none"));
  // Two whole sets of weights in one file.
  tensors = kOwn;
  for (const Given& given : kOwn) tensors.push_back({"ema." + given.name, given.shape, 9});
  CHECK(contains(refusal(FileOf(tensors).bytes()), "two sets of names fit, with '0.weight' and with 'ema.0.weight'"));
}

TrainerConfig deep_config() {
  TrainerConfig config = small_config();
  config.network.layers = {{"flatten", {}}, {"dense", {{"units", 12}}}, {"relu", {}}, {"dense", {{"units", 12}}},
                           {"relu", {}},    {"dense", {{"units", 12}}}, {"relu", {}}, {"dense", {{"units", 10}}}};
  return config;
}

std::vector<Given> deep(const std::vector<std::string>& layers) {
  std::vector<Given> tensors;
  const std::vector<std::vector<std::int64_t>> shapes = {{12, 784}, {12, 12}, {12, 12}, {10, 12}};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    tensors.push_back({layers[i] + ".weight", shapes[i], 0.01 * static_cast<double>(i + 1)});
    tensors.push_back({layers[i] + ".bias", {shapes[i][0]}, static_cast<double>(i + 1)});
  }
  return tensors;
}

TEST_CASE("layers of one shape go by the numbers in their names, or by the file's own order, or are refused") {
  const auto weights = [](const std::vector<Given>& tensors) {
    const auto trainer = small_trainer(deep_config());
    const std::string refused = message(trainer->restore(FileOf(tensors).bytes()));
    return refused.empty() ? std::to_string(hash_of_weights(*trainer)) : refused;
  };
  const std::string expected = weights(deep({"1", "3", "5", "7"}));
  CHECK(weights(deep({"fc1", "fc2", "fc3", "fc4"})) == expected);
  CHECK(weights(deep({"layers.0.lin", "layers.9.lin", "layers.10.lin", "head"})) == expected);  // 9 before 10
  std::vector<Given> sorted = deep({"layers.0", "layers.9", "layers.10", "layers.11"});
  std::sort(sorted.begin(), sorted.end(), [](const Given& a, const Given& b) { return a.name < b.name; });
  CHECK(weights(sorted) == expected);
  CHECK(weights(deep({"input", "wide", "narrow", "output"})) == expected);  // no writer that sorts wrote this
  CHECK_FALSE(weights(deep({"fc1", "fc3", "fc2", "fc4"})) == expected);
  std::vector<Given> alphabet = deep({"a_input", "narrow", "wide", "z_output"});
  std::sort(alphabet.begin(), alphabet.end(), [](const Given& a, const Given& b) { return a.name < b.name; });
  CHECK(contains(weights(alphabet), "the names do not tell which of 'narrow' and 'wide' comes first"));
}

// The same file with every tensor in 16 bits: values are multiples of 2^-12 that both types hold when small.
std::vector<std::uint8_t> in_halves(bool brain, std::uint16_t last = 0) {
  std::string header;
  std::vector<std::uint8_t> data;
  for (const Given& given : kOwn) {
    std::int64_t size = 1;
    std::string shape;
    for (const std::int64_t extent : given.shape) {
      size *= extent;
      shape += (shape.empty() ? "" : ",") + std::to_string(extent);
    }
    const std::size_t begin = data.size();
    for (std::int64_t i = 0; i < size; ++i) {
      // ±2^-(i mod 8): one bit of fraction, in either type.
      const auto exponent = static_cast<std::uint16_t>((brain ? 127 : 15) - i % 8);
      std::uint16_t bits = static_cast<std::uint16_t>(exponent << (brain ? 7 : 10) | (i % 3 == 0 ? 0x8000 : 0));
      if (i + 1 == size && last != 0) bits = last;
      data.push_back(static_cast<std::uint8_t>(bits));
      data.push_back(static_cast<std::uint8_t>(bits >> 8));
    }
    header += std::string(header.empty() ? "{" : ",") + "\"" + given.name + "\":{\"dtype\":\"" +
              (brain ? "BF16" : "F16") + "\",\"shape\":[" + shape + "],\"data_offsets\":[" + std::to_string(begin) +
              "," + std::to_string(data.size()) + "]}";
  }
  header += "}";
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(std::uint64_t{header.size()} >> (8 * i)));
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

TEST_CASE("weights of 16 bits are taken, and are saved as what they are in 32") {
  for (const bool brain : {false, true}) {
    const auto trainer = small_trainer();
    REQUIRE(message(trainer->restore(in_halves(brain))).empty());
    const std::vector<std::uint8_t> saved = trainer->save("{}", false);
    const auto file = io::read_safetensors(saved, "saved");
    REQUIRE(file.ok());
    for (const Given& given : kOwn) {
      const io::TensorView* tensor = file->find(given.name);
      REQUIRE(tensor != nullptr);
      std::vector<float> values(tensor->size());
      io::copy_values(*tensor, std::span<float>(values));
      for (std::size_t i = 0; i < values.size(); ++i)
        CHECK(values[i] == (i % 3 == 0 ? -1.0F : 1.0F) * std::ldexp(1.0F, -static_cast<int>(i % 8)));
    }
  }
  CHECK(contains(refusal(in_halves(false, 0x7c00)), "'0.weight' has Infinity at element 35"));
  CHECK(contains(refusal(in_halves(true, 0x7fc0)), "'0.weight' has NaN at element 35"));
}

TEST_CASE("files of other programs are called what they are, PyTorch's with the two lines that convert it") {
  const auto trainer = small_trainer();
  std::vector<std::uint8_t> zip = {'P', 'K', 3, 4};
  zip.resize(26, 0);
  const std::string member = "archive/data.pkl";
  zip.push_back(static_cast<std::uint8_t>(member.size()));
  zip.resize(30, 0);
  zip.insert(zip.end(), member.begin(), member.end());
  CHECK(message(trainer->restore(zip)) ==
        "the weights file is a PyTorch file; Descent reads weights as safetensors. Two lines of Python convert it:\n"
        "import torch, safetensors.torch\n"
        "safetensors.torch.save_file(torch.load(\"model.pt\", map_location=\"cpu\"), \"model.safetensors\")");
  CHECK(contains(message(trainer->restore(std::vector<std::uint8_t>{1, 2, 3}, "best.model.pth")),
                 "'best.model.pth' is a PyTorch file"));
  CHECK(contains(message(trainer->restore(zip, "best.pth")),
                 "torch.load(\"best.pth\", map_location=\"cpu\"), "
                 "\"best.safetensors\")"));
  CHECK(contains(message(trainer->restore(std::vector<std::uint8_t>{0x89, 'H', 'D', 'F', 13, 10, 26, 10})),
                 "is an HDF5 file; Descent reads weights as safetensors"));
  // A file of safetensors whose length happens to begin as something else does is judged as what it is.
  std::vector<std::uint8_t> pickled = {0x80, 2, 0, 0, 0, 0, 0, 0, '{'};
  CHECK(contains(message(trainer->restore(pickled)), "announces a header of 640 bytes"));
}

}  // namespace
}  // namespace descent::testing
