// SPDX-License-Identifier: MIT
// Matching by names, then by shapes, see weight_match.h. A layer's tensors share what stands before the last dot of
// their names, in the network and in the file; layers are matched as a whole, so that a bias never lands at another
// layer of the same width than its weight.
#include "engine/training/weight_match.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/core/fill.h"

namespace descent::training {
namespace {

using core::Error;
using core::Result;
using Shape = std::vector<std::int64_t>;
using Tensors = std::vector<const io::TensorView*>;

constexpr std::size_t kMostListed = 12;
constexpr std::size_t kMostOfName = 60;  // bytes of a name that are shown

std::string quoted(std::string_view name) {
  return core::fill("'{}{}'", name.substr(0, kMostOfName), name.size() > kMostOfName ? "…" : "");
}

// The layer in a tensor's name: "conv1" of "conv1.weight", also of "conv1_weight"; nothing where neither is.
std::string layer_of(std::string_view name) {
  std::size_t end = name.rfind('.');
  if (end == std::string_view::npos) end = name.rfind('_');
  return std::string(name.substr(0, end == std::string_view::npos ? 0 : end));
}

bool left_out(const io::TensorView& tensor) {
  return !io::is_weight_type(tensor.dtype) || tensor.shape.empty() || tensor.name.ends_with("num_batches_tracked");
}

// A name with one sign in place of each number in it, and these numbers.
std::pair<std::string, std::vector<std::uint64_t>> numbers_in(std::string_view name) {
  std::string pattern;
  std::vector<std::uint64_t> numbers;
  for (const char c : name) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
      pattern += c;
      continue;
    }
    if (pattern.empty() || pattern.back() != '#') {
      pattern += '#';
      numbers.push_back(0);
    }
    numbers.back() = numbers.back() * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return {std::move(pattern), std::move(numbers)};
}

// The layers of the network or of the file: the tensors that share a name's beginning.
struct Layer {
  std::string name;
  std::vector<std::size_t> wanted;  // the network's: indices of its parameters
  Tensors tensors;                  // the file's
  std::set<Shape> shapes;
};

class Matcher {
 public:
  Matcher(const io::Safetensors& file, std::span<const nn::ParameterInfo> wanted, std::string what)
      : wanted_(wanted), what_(std::move(what)) {
    for (const io::TensorView& tensor : file.tensors) {
      if (tensor.name.starts_with(kOptimizerPrefix) || tensor.name == kRecordTensor) continue;
      (left_out(tensor) ? idle_ : found_).push_back(&tensor);
    }
  }

  Result<WeightMatch> match() {
    const std::vector<std::string> prefixes = fitting_prefixes();
    if (prefixes.size() > 1)
      return refusal(core::fill("two sets of names fit, with {} and with {}", quoted(prefixes[0] + wanted_[0].name),
                                quoted(prefixes[1] + wanted_[0].name)));
    if (prefixes.size() == 1 && found_.size() == wanted_.size()) {
      Tensors tensors = under(prefixes[0]);
      if (shapes_fit(tensors)) {
        const std::string names = prefixes[0].empty() ? "" : core::fill("names begin with {}", prefixes[0]);
        return WeightMatch{std::move(tensors), note(names)};
      }
    }
    return by_shapes();
  }

 private:
  [[nodiscard]] const io::TensorView* find(std::string_view name) const {
    const auto found = std::find_if(found_.begin(), found_.end(), [&](const auto* t) { return t->name == name; });
    return found == found_.end() ? nullptr : *found;
  }

  [[nodiscard]] Tensors under(const std::string& prefix) const {
    Tensors tensors;
    for (const nn::ParameterInfo& info : wanted_) tensors.push_back(find(prefix + info.name));
    return tensors;
  }

  // The beginnings ("" or "module.") behind which all of the network's names stand.
  [[nodiscard]] std::vector<std::string> fitting_prefixes() const {
    std::vector<std::string> fitting;
    const std::string& first = wanted_.front().name;
    for (const io::TensorView* tensor : found_) {
      if (!tensor->name.ends_with(first)) continue;
      std::string prefix = tensor->name.substr(0, tensor->name.size() - first.size());
      if (!prefix.empty() && prefix.back() != '.') continue;
      const Tensors all = under(prefix);
      if (std::find(all.begin(), all.end(), nullptr) == all.end()) fitting.push_back(std::move(prefix));
    }
    return fitting;
  }

  [[nodiscard]] bool shapes_fit(const Tensors& tensors) const {
    for (std::size_t i = 0; i < tensors.size(); ++i)
      if (tensors[i]->shape != wanted_[i].shape) return false;
    return true;
  }

  [[nodiscard]] std::vector<Layer> wanted_layers() const {
    std::vector<Layer> layers;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      std::string name = layer_of(wanted_[i].name);
      if (layers.empty() || layers.back().name != name) layers.push_back({std::move(name), {}, {}, {}});
      layers.back().wanted.push_back(i);
      layers.back().shapes.insert(wanted_[i].shape);
    }
    return layers;
  }

  // The file's layers, in the order in which their first tensors lie in it.
  [[nodiscard]] std::vector<Layer> found_layers() const {
    std::vector<Layer> layers;
    for (const io::TensorView* tensor : found_) {
      const std::string name = layer_of(tensor->name);
      auto layer = std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == name; });
      if (layer == layers.end()) layer = layers.insert(layers.end(), {name, {}, {}, {}});
      layer->tensors.push_back(tensor);
      layer->shapes.insert(tensor->shape);
    }
    return layers;
  }

  Result<WeightMatch> by_shapes() {
    const std::vector<Layer> wanted = wanted_layers();
    const std::vector<Layer> found = found_layers();
    const bool lie_in_order = in_order(found, wanted);
    WeightMatch match{Tensors(wanted_.size()), ""};
    std::string names;
    std::size_t used = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto same = [&](const Layer& l) { return l.shapes == wanted[i].shapes; };
      const auto nth = static_cast<std::size_t>(
          std::count_if(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(i), same));
      std::vector<const Layer*> fitting;
      for (const Layer& layer : found)
        if (same(layer) && layer.tensors.size() == wanted[i].wanted.size()) fitting.push_back(&layer);
      if (static_cast<std::ptrdiff_t>(fitting.size()) != std::count_if(wanted.begin(), wanted.end(), same))
        return refusal(misfit());
      if (!put_in_order(fitting) && !lie_in_order)
        return refusal(core::fill("the names do not tell which of {} and {} comes first", quoted(fitting[0]->name),
                                  quoted(fitting[1]->name)));
      place(*fitting[nth], wanted[i], match.tensors);
      used += fitting[nth]->tensors.size();
      names += core::fill("{}{} is layer {}", names.empty() ? "" : ", ", fitting[nth]->name, wanted[i].name);
    }
    if (used != found_.size()) return refusal(misfit());
    match.note = note(names);
    return match;
  }

  // The file has the network's layers one after the other. Writers that sort by name (PyTorch's does) may come to that
  // by chance, so names in the order of the alphabet say nothing.
  [[nodiscard]] bool in_order(const std::vector<Layer>& found, const std::vector<Layer>& wanted) const {
    const auto before = [](const io::TensorView* a, const io::TensorView* b) { return a->name < b->name; };
    return !std::is_sorted(found_.begin(), found_.end(), before) &&
           std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(),
                      [](const Layer& a, const Layer& b) { return a.shapes == b.shapes; });
  }

  // Sorts layers by the numbers in their names when these differ in nothing else. False when several layers remain as
  // they lie in the file.
  static bool put_in_order(std::vector<const Layer*>& layers) {
    const std::string pattern = numbers_in(layers.front()->name).first;
    if (layers.size() == 1) return true;
    for (const Layer* layer : layers)
      if (numbers_in(layer->name).first != pattern) return false;
    std::sort(layers.begin(), layers.end(),
              [](const Layer* a, const Layer* b) { return numbers_in(a->name).second < numbers_in(b->name).second; });
    return true;
  }

  void place(const Layer& layer, const Layer& wanted, Tensors& tensors) const {
    for (const std::size_t i : wanted.wanted)
      tensors[i] = *std::find_if(layer.tensors.begin(), layer.tensors.end(),
                                 [&](const io::TensorView* tensor) { return tensor->shape == wanted_[i].shape; });
  }

  // The misfit that a person would look at first, as a sentence.
  [[nodiscard]] std::string misfit() const {
    std::size_t named = 0;
    for (const nn::ParameterInfo& info : wanted_) named += find(info.name) != nullptr ? 1 : 0;
    if (named == 0) return "its tensors do not have the shapes of this network's layers";
    for (const nn::ParameterInfo& info : wanted_) {
      const io::TensorView* tensor = find(info.name);
      for (const io::TensorView* other : idle_)
        if (other->name == info.name)
          return core::fill("tensor {} is of type {}; weights are F64, F32, F16 or BF16", quoted(info.name),
                            io::to_string(other->dtype));
      if (tensor == nullptr)
        return core::fill("there is no tensor {} of shape {}", quoted(info.name), shape_text(info.shape));
      if (tensor->shape != info.shape) return wrong_shape(*tensor, info.shape);
    }
    for (const io::TensorView* tensor : found_) {
      const bool known =
          std::any_of(wanted_.begin(), wanted_.end(), [&](const auto& i) { return i.name == tensor->name; });
      if (!known) return core::fill("there is a tensor {} that this network has not", quoted(tensor->name));
    }
    return "its layers fit in more than one way";
  }

  template <class List, class Describe>
  static std::string listed(const List& list, const Describe& describe) {
    std::string text;
    std::size_t count = 0;
    for (const auto& item : list) {
      if (count++ == kMostListed) return core::fill("{} and {} more", text, list.size() - kMostListed);
      text += (text.empty() ? "" : ", ") + describe(item);
    }
    return text;
  }

  [[nodiscard]] Error refusal(const std::string& why) const {
    const std::string wanted =
        listed(wanted_, [](const auto& info) { return core::fill("{} {}", info.name, shape_text(info.shape)); });
    const std::string found = listed(found_, [](const io::TensorView* tensor) {
      return core::fill("{} {}", std::string_view(tensor->name).substr(0, kMostOfName), shape_text(tensor->shape));
    });
    return Error{
        core::fill("{} does not fit: {}. Wanted: {}. Found: {}", what_, why, wanted, found.empty() ? "none" : found)};
  }

  [[nodiscard]] std::string note(const std::string& names) const {
    if (idle_.empty()) return names;
    const std::string idle =
        listed(idle_, [](const io::TensorView* tensor) { return tensor->name.substr(0, kMostOfName); });
    return names.empty() ? core::fill("left out: {}", idle) : core::fill("{}; left out: {}", names, idle);
  }

  std::span<const nn::ParameterInfo> wanted_;
  std::string what_;
  Tensors found_;  // those that could be weights
  Tensors idle_;   // counters and the like
};

}  // namespace

std::string shape_text(std::span<const std::int64_t> shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

std::string wrong_shape(const io::TensorView& tensor, std::span<const std::int64_t> wanted) {
  return core::fill("tensor {} has shape {}; this network needs {}", quoted(tensor.name), shape_text(tensor.shape),
                    shape_text(wanted));
}

Result<WeightMatch> match_weights(const io::Safetensors& file, std::span<const nn::ParameterInfo> wanted,
                                  const std::string& what) {
  return Matcher(file, wanted, what).match();
}

}  // namespace descent::training
