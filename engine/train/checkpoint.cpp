// SPDX-License-Identifier: MIT
// Weights files, see checkpoint.h. Everything is read into memory of its own; the caller replaces what it has only
// after the last check.
#include "engine/train/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <limits>
#include <string_view>
#include <utility>

#include "engine/io/json_reader.h"
#include "engine/io/safetensors.h"

namespace descent::train {
namespace {

constexpr std::string_view kOptimizerPrefix = "optimizer.";
constexpr const char* kFile = "the weights file";

std::string shape_text(std::span<const std::int64_t> shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

// The tensors a file of this network and optimizer has, in torch's element order, with storage of their own.
class TensorList {
 public:
  void add_arena(const nn::Network<float>& network, const std::string& prefix, std::span<const float> arena) {
    for (const nn::ParameterInfo& info : network.parameter_infos()) {
      std::vector<float>& values = storage_.emplace_back(static_cast<std::size_t>(info.size));
      network.export_parameter(info, arena, values);
      tensors_.push_back(io::tensor_view(prefix + info.name, info.shape, std::span<const float>(values)));
    }
  }
  void add_scalars(const std::string& name, std::span<const float> values) {
    tensors_.push_back(io::tensor_view(name, {static_cast<std::int64_t>(values.size())}, values));
  }
  [[nodiscard]] std::vector<std::uint8_t> write(const io::Metadata& metadata) const {
    return io::write_safetensors(tensors_, metadata);
  }

 private:
  std::deque<std::vector<float>> storage_;
  std::vector<io::TensorView> tensors_;
};

// "optimizer.m." for a slot of one value a parameter, "optimizer.m.0.", "optimizer.m.1.", … for several.
std::string slot_prefix(const optim::StateSpan<float>& span, std::size_t block, std::size_t blocks) {
  std::string prefix = std::string(kOptimizerPrefix) + std::string(span.name) + ".";
  if (blocks > 1) prefix += std::to_string(block) + ".";
  return prefix;
}

core::Status check_shape(const io::TensorView& tensor, std::span<const std::int64_t> shape) {
  if (!std::equal(tensor.shape.begin(), tensor.shape.end(), shape.begin(), shape.end()))
    return core::Error{"tensor '" + tensor.name + "' has shape " + shape_text(tensor.shape) + "; this network needs " +
                       shape_text(shape)};
  if (tensor.dtype == io::DType::i64)
    return core::Error{"tensor '" + tensor.name + "' is of type I64; weights must be F32 or F64"};
  return io::check_finite(tensor);
}

// F64 values are rounded; one too large for float is refused.
core::Status copy_floats(const io::TensorView& tensor, std::span<float> out) {
  if (tensor.dtype == io::DType::f32) {
    io::copy_values(tensor, out);
    return {};
  }
  std::vector<double> values(out.size());
  io::copy_values(tensor, std::span<double>(values));
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::abs(values[i]) > std::numeric_limits<float>::max())
      return core::Error{"tensor '" + tensor.name + "' has a value at element " + std::to_string(i) +
                         " that is too large for 32 bits"};
    out[i] = static_cast<float>(values[i]);
  }
  return {};
}

// Reads the tensors `prefix` + name of every parameter into an arena.
core::Status read_arena(const io::Safetensors& file, const nn::Network<float>& network, const std::string& prefix,
                        std::span<float> arena) {
  std::vector<float> values;
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    const io::TensorView* tensor = file.find(prefix + info.name);
    if (tensor == nullptr)
      return core::Error{std::string(kFile) + " has no tensor '" + prefix + info.name +
                         "'; this network needs it with shape " + shape_text(info.shape)};
    if (core::Status status = check_shape(*tensor, info.shape); !status.ok()) return status;
    values.resize(static_cast<std::size_t>(info.size));
    if (core::Status status = copy_floats(*tensor, values); !status.ok()) return status;
    network.import_parameter(info, values, arena);
  }
  return {};
}

core::Status refuse_unknown(const io::Safetensors& file, const nn::Network<float>& network) {
  const auto infos = network.parameter_infos();
  for (const io::TensorView& tensor : file.tensors) {
    if (tensor.name.starts_with(kOptimizerPrefix)) {
      if (core::Status status = io::check_finite(tensor); !status.ok()) return status;
      continue;
    }
    const bool known = std::any_of(infos.begin(), infos.end(),
                                   [&](const nn::ParameterInfo& info) { return info.name == tensor.name; });
    if (!known)
      return core::Error{std::string(kFile) + " has a tensor '" + tensor.name + "' that this network has not"};
  }
  return {};
}

core::Result<std::vector<float>> read_optimizer(const io::Safetensors& file, const nn::Network<float>& network,
                                                optim::Optimizer<float>& optimizer) {
  const std::size_t n = network.parameters().size();
  std::vector<float> all;
  for (const optim::StateSpan<float>& span : optimizer.state()) {
    const std::size_t begin = all.size();
    all.resize(begin + span.values.size());
    const std::span<float> out = std::span(all).subspan(begin);
    if (!span.per_parameter) {
      const std::string name = std::string(kOptimizerPrefix) + std::string(span.name);
      const io::TensorView* tensor = file.find(name);
      if (tensor == nullptr) return core::Error{"it has no tensor '" + name + "'"};
      const auto size = static_cast<std::int64_t>(span.values.size());
      if (core::Status status = check_shape(*tensor, std::span(&size, 1)); !status.ok()) return status.error();
      if (core::Status status = copy_floats(*tensor, out); !status.ok()) return status.error();
      continue;
    }
    const std::size_t blocks = n == 0 ? 0 : span.values.size() / n;
    for (std::size_t block = 0; block < blocks; ++block) {
      core::Status status = read_arena(file, network, slot_prefix(span, block, blocks), out.subspan(block * n, n));
      if (!status.ok()) return status.error();
    }
  }
  return all;
}

// A whole number of the metadata; absent ones leave `value`. What is there must be one.
template <class Integer>
core::Status read_number(const io::Metadata& metadata, std::string_view name, Integer& value) {
  const auto found = metadata.find(name);
  if (found == metadata.end()) return {};
  const std::string& text = found->second;
  Integer number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = code == std::errc() && end == text.data() + text.size();
  if (!whole || number < 0 || static_cast<std::uint64_t>(number) > static_cast<std::uint64_t>(io::kMaxSafeInteger))
    return core::Error{std::string(kFile) + "'s metadata says " + std::string(name) + " is '" + text.substr(0, 40) +
                       "'; it must be a whole number between 0 and 2^53"};
  value = number;
  return {};
}

core::Status read_run(const io::Metadata& metadata, RunPosition& run) {
  if (core::Status s = read_number(metadata, "step", run.step); !s.ok()) return s;
  if (core::Status s = read_number(metadata, "epoch", run.epoch); !s.ok()) return s;
  if (core::Status s = read_number(metadata, "position", run.position); !s.ok()) return s;
  if (core::Status s = read_number(metadata, "train_count", run.train_count); !s.ok()) return s;
  return read_number(metadata, "seed", run.seed);
}

}  // namespace

std::vector<std::uint8_t> write_checkpoint(const nn::Network<float>& network, optim::Optimizer<float>* optimizer,
                                           const RunPosition& run, const std::string& dataset,
                                           const std::string& config_json) {
  TensorList list;
  list.add_arena(network, "", network.parameters());
  io::Metadata metadata{{"format", "pt"},
                        {"step", std::to_string(run.step)},
                        {"epoch", std::to_string(run.epoch)},
                        {"position", std::to_string(run.position)},
                        {"train_count", std::to_string(run.train_count)},
                        {"seed", std::to_string(run.seed)},
                        {"dataset", dataset},
                        {"config", config_json}};
  if (optimizer != nullptr) {
    metadata["optimizer"] = optimizer->info().name;
    const std::size_t n = network.parameters().size();
    for (const optim::StateSpan<float>& span : optimizer->state()) {
      if (!span.per_parameter) {
        list.add_scalars(std::string(kOptimizerPrefix) + std::string(span.name), span.values);
        continue;
      }
      const std::size_t blocks = n == 0 ? 0 : span.values.size() / n;
      for (std::size_t block = 0; block < blocks; ++block)
        list.add_arena(network, slot_prefix(span, block, blocks), span.values.subspan(block * n, n));
    }
  }
  return list.write(metadata);
}

core::Result<Checkpoint> read_checkpoint(std::span<const std::uint8_t> bytes, const nn::Network<float>& network,
                                         optim::Optimizer<float>& optimizer) {
  const auto file = io::read_safetensors(bytes, kFile);
  if (!file.ok()) return file.error();
  if (core::Status status = refuse_unknown(*file, network); !status.ok()) return status.error();
  Checkpoint checkpoint;
  checkpoint.parameters.resize(network.parameters().size());
  if (core::Status status = read_arena(*file, network, "", checkpoint.parameters); !status.ok()) return status.error();
  if (core::Status status = read_run(file->metadata, checkpoint.run); !status.ok()) return status.error();
  const auto name = file->metadata.find("optimizer");
  if (name == file->metadata.end()) {
    checkpoint.note = "weights restored; the file has no optimizer state, so the run starts at step 0";
    return checkpoint;
  }
  if (name->second != optimizer.info().name) {
    checkpoint.note = "weights restored; the file's optimizer state is of " + name->second.substr(0, 40) +
                      ", this run uses " + std::string(optimizer.info().name) + ", so it starts at step 0";
    return checkpoint;
  }
  auto state = read_optimizer(*file, network, optimizer);
  if (!state.ok()) {
    checkpoint.note = "weights restored; the file's optimizer state does not fit (" + state.message() + ")";
    return checkpoint;
  }
  checkpoint.has_optimizer = true;
  checkpoint.optimizer_state = std::move(state).value();
  return checkpoint;
}

std::vector<std::uint8_t> write_gradients(const nn::Network<float>& network, std::span<const float> gradients,
                                          double loss) {
  TensorList list;
  list.add_arena(network, "", gradients);
  return list.write({{"format", "pt"}, {"loss", core::format_number(loss)}});
}

}  // namespace descent::train
