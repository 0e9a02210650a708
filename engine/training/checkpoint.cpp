// SPDX-License-Identifier: MIT
// Weights files, see checkpoint.h. Everything is read into memory of its own; the caller replaces what it has only
// after the last check.
#include "engine/training/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <string_view>
#include <utility>

#include "engine/core/file_kind.h"
#include "engine/core/fill.h"
#include "engine/io/json_reader.h"
#include "engine/io/safetensors.h"
#include "engine/training/weight_match.h"

namespace descent::training {
namespace {

constexpr const char* kFile = "the weights file";

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
  // The values stay the caller's.
  template <class Number>
  void add_scalars(const std::string& name, std::span<const Number> values) {
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
    return core::Error{wrong_shape(tensor, shape)};
  if (!io::is_weight_type(tensor.dtype))
    return core::Error{core::fill("tensor '{}' is of type {}; it must be F64, F32, F16 or BF16", tensor.name,
                                  io::to_string(tensor.dtype))};
  return io::check_finite(tensor);
}

// Reads a tensor into its place in an arena.
core::Status read_parameter(const io::TensorView& tensor, const nn::Network<float>& network,
                            const nn::ParameterInfo& info, std::span<float> arena) {
  if (core::Status status = check_shape(tensor, info.shape); !status.ok()) return status;
  std::vector<float> values(static_cast<std::size_t>(info.size));
  if (core::Status status = io::read_floats(tensor, values); !status.ok()) return status;
  network.import_parameter(info, values, arena);
  return {};
}

// Reads the tensors `prefix` + name of every parameter into an arena.
core::Status read_arena(const io::Safetensors& file, const nn::Network<float>& network, const std::string& prefix,
                        std::span<float> arena) {
  for (const nn::ParameterInfo& info : network.parameter_infos()) {
    const io::TensorView* tensor = file.find(prefix + info.name);
    if (tensor == nullptr)
      return core::Error{core::fill("it has no tensor '{}{}' of shape {}", prefix, info.name, shape_text(info.shape))};
    if (core::Status status = read_parameter(*tensor, network, info, arena); !status.ok()) return status;
  }
  return {};
}

core::Status check_optimizer_tensors(const io::Safetensors& file) {
  for (const io::TensorView& tensor : file.tensors) {
    if (!tensor.name.starts_with(kOptimizerPrefix)) continue;
    if (core::Status status = io::check_finite(tensor); !status.ok()) return status;
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
      if (tensor == nullptr) return core::Error{core::fill("it has no tensor '{}'", name)};
      const auto size = static_cast<std::int64_t>(span.values.size());
      if (core::Status status = check_shape(*tensor, std::span(&size, 1)); !status.ok()) return status.error();
      if (core::Status status = io::read_floats(*tensor, out); !status.ok()) return status.error();
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

// Reads a whole number of the metadata; an absent one leaves `value`, and a text that is none is refused.
template <class Integer>
core::Status read_number(const io::Metadata& metadata, std::string_view name, Integer& value) {
  const auto found = metadata.find(name);
  if (found == metadata.end()) return {};
  const std::string& text = found->second;
  Integer number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = code == std::errc() && end == text.data() + text.size();
  if (!whole || number < 0 || static_cast<std::uint64_t>(number) > static_cast<std::uint64_t>(io::kMaxSafeInteger))
    return core::Error{core::fill("{}'s metadata says {} is '{}'; it must be a whole number between 0 and 2^53", kFile,
                                  name, text.substr(0, 40))};
  value = number;
  return {};
}

// Reads where a run stood, as write_checkpoint() says it. What other programs mean by "epoch" is their own business.
core::Status read_run(const io::Metadata& metadata, RunPosition& run) {
  if (!metadata.contains("position")) return {};
  if (core::Status s = read_number(metadata, "step", run.step); !s.ok()) return s;
  if (core::Status s = read_number(metadata, "epoch", run.epoch); !s.ok()) return s;
  if (core::Status s = read_number(metadata, "position", run.position); !s.ok()) return s;
  if (core::Status s = read_number(metadata, "train_count", run.train_count); !s.ok()) return s;
  if (core::Status s = read_number(metadata, "optimizer_since", run.optimizer_since); !s.ok()) return s;
  return read_number(metadata, "seed", run.seed);
}

// An unreadable record is none: weights and optimizer state are worth having without it.
std::optional<RunRecord> read_record(const io::Safetensors& file) {
  const io::TensorView* tensor = file.find(kRecordTensor);
  if (tensor == nullptr || tensor->dtype != io::DType::f64) return {};
  std::vector<double> numbers(tensor->size());
  io::copy_values(*tensor, numbers);
  return record_of(numbers);
}

// A file of another kind is called what it is; PyTorch's own can be turned into one that is read here.
core::Error other_file(std::span<const std::uint8_t> bytes, std::string_view name, core::Error error) {
  constexpr std::size_t kLength = 8;
  if (bytes.size() > kLength && bytes[kLength] == '{') return error;
  const std::string_view kind = core::file_kind(bytes, name);
  if (kind.empty()) return error;
  const bool torch = kind == core::kPyTorchFile;
  const std::string refusal = core::fill("{} is {}; Descent reads weights as safetensors",
                                         name.empty() ? std::string(kFile) : core::fill("'{}'", name), kind);
  if (!torch && kind != core::kZipArchive) return core::Error{refusal};
  const std::string_view from = name.empty() ? "model.pt" : name;
  const std::string python = core::fill(
      "import torch, safetensors.torch\n"
      "safetensors.torch.save_file(torch.load(\"{}\", map_location=\"cpu\"), \"{}.safetensors\")",
      from, from.substr(0, from.rfind('.')));
  if (torch) return core::Error{core::fill("{}. Two lines of Python convert it:\n{}", refusal, python)};
  return core::Error{core::fill("{}. If PyTorch wrote it, two lines of Python convert it:\n{}", refusal, python)};
}

// optimizer_note() says what became of the optimizer's memory: a sentence when the run has to do without.
std::string optimizer_note(const io::Safetensors& file, const nn::Network<float>& network,
                           optim::Optimizer<float>& optimizer, Checkpoint& checkpoint) {
  const auto name = file.metadata.find("optimizer");
  if (name == file.metadata.end()) return "the file has no optimizer state, so the run starts at step 0";
  if (name->second != optimizer.info().name)
    return core::fill("the file's optimizer state is of {}, this run uses {}, so it starts at step 0",
                      name->second.substr(0, 40), optimizer.info().name);
  auto state = read_optimizer(file, network, optimizer);
  if (!state.ok()) return core::fill("the file's optimizer state does not fit ({})", state.message());
  checkpoint.has_optimizer = true;
  checkpoint.optimizer_state = std::move(state).value();
  return "";
}

}  // namespace

std::vector<std::uint8_t> write_checkpoint(const nn::Network<float>& network, optim::Optimizer<float>* optimizer,
                                           const RunPosition& run, const std::string& dataset,
                                           const std::string& config_json, std::span<const std::int32_t> class_labels,
                                           const std::vector<double>& record) {
  TensorList list;
  list.add_arena(network, "", network.parameters());
  io::Metadata metadata{
      {"format", "pt"},
      {"step", std::to_string(run.step)},
      {"epoch", std::to_string(run.epoch)},
      {"position", std::to_string(run.position)},
      {"train_count", std::to_string(run.train_count)},
      {"seed", std::to_string(run.seed)},
      {"dataset", dataset},
      {"config", config_json},
      {"class_labels", shape_text(std::vector<std::int64_t>(class_labels.begin(), class_labels.end()))}};
  if (run.optimizer_since > 0) metadata["optimizer_since"] = std::to_string(run.optimizer_since);
  if (optimizer != nullptr) {
    metadata["optimizer"] = optimizer->info().name;
    const std::size_t n = network.parameters().size();
    for (const optim::StateSpan<float>& span : optimizer->state()) {
      if (!span.per_parameter) {
        list.add_scalars<float>(std::string(kOptimizerPrefix) + std::string(span.name), span.values);
        continue;
      }
      const std::size_t blocks = n == 0 ? 0 : span.values.size() / n;
      for (std::size_t block = 0; block < blocks; ++block)
        list.add_arena(network, slot_prefix(span, block, blocks), span.values.subspan(block * n, n));
    }
  }
  if (!record.empty()) list.add_scalars<double>(std::string(kRecordTensor), record);
  return list.write(metadata);
}

core::Result<Checkpoint> read_checkpoint(std::span<const std::uint8_t> bytes, const nn::Network<float>& network,
                                         optim::Optimizer<float>& optimizer, std::string_view name) {
  const auto file = io::read_safetensors(bytes, kFile);
  if (!file.ok()) return other_file(bytes, name, file.error());
  if (core::Status status = check_optimizer_tensors(*file); !status.ok()) return status.error();
  const std::span<const nn::ParameterInfo> infos = network.parameter_infos();
  const auto match = match_weights(*file, infos, kFile);
  if (!match.ok()) return match.error();
  Checkpoint checkpoint;
  checkpoint.parameters.resize(network.parameters().size());
  for (std::size_t i = 0; i < infos.size(); ++i) {
    core::Status status = read_parameter(*match->tensors[i], network, infos[i], checkpoint.parameters);
    if (!status.ok()) return status.error();
  }
  if (core::Status status = read_run(file->metadata, checkpoint.run); !status.ok()) return status.error();
  const std::string about_optimizer = optimizer_note(*file, network, optimizer, checkpoint);
  if (about_optimizer.empty() || !file->metadata.contains("optimizer")) checkpoint.record = read_record(*file);
  if (match->note.empty() && about_optimizer.empty()) return checkpoint;
  checkpoint.note = "weights restored";
  if (!match->note.empty()) checkpoint.note = core::fill("{} ({})", checkpoint.note, match->note);
  if (!about_optimizer.empty()) checkpoint.note = core::fill("{}; {}", checkpoint.note, about_optimizer);
  return checkpoint;
}

std::vector<std::uint8_t> write_gradients(const nn::Network<float>& network, std::span<const float> gradients,
                                          double loss) {
  TensorList list;
  list.add_arena(network, "", gradients);
  return list.write({{"format", "pt"}, {"loss", core::format_number(loss)}});
}

}  // namespace descent::training
