// SPDX-License-Identifier: MIT
#include "web/state/lens_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/data/dataset.h"
#include "engine/inspect/posterior/posterior.h"
#include "engine/script/inspect_json.h"

namespace descent::web {
namespace {

using io::JsonReader;
using io::JsonValue;

constexpr std::string_view kHexadecimal = "0123456789abcdef";
constexpr std::size_t kPixels = std::size_t{data::kDigitSize} * data::kDigitSize;
constexpr std::size_t kMaxName = 60;
constexpr int kMaxRank = 1 << 20;
constexpr int kMaxLayer = 63;
constexpr int kMaxFilter = 1023;
constexpr std::array<std::string_view, 3> kViews{"spectrum", "product", "convolution"};
constexpr std::array<std::string_view, 3> kReadings{"row", "columns", "sheets"};
constexpr std::array<std::string_view, 4> kPredictions{"digit", "confusion", "calibration", "posterior"};
constexpr int kMaxClass = 999;
constexpr std::array<std::string_view, 3> kOperations{"convolution", "max_pooling", "average_pooling"};

std::string hexadecimal(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += kHexadecimal[byte >> 4];
    text += kHexadecimal[byte & 15];
  }
  return text;
}

// Empty unless the text is an image's worth of hexadecimal digits.
std::vector<std::uint8_t> bytes_of(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  if (text.size() != 2 * kPixels) return bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const std::size_t high = kHexadecimal.find(text[i]), low = kHexadecimal.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    bytes.push_back(static_cast<std::uint8_t>(16 * high + low));
  }
  return bytes;
}

JsonValue place(const std::array<int, 3>& position, std::size_t count) {
  JsonValue list = JsonValue::array();
  for (std::size_t i = 0; i < count; ++i) list.push_back(position[i]);
  return list;
}

JsonValue digit_json(const LookedAtDigit& digit) {
  if (digit.own()) {
    JsonValue own = JsonValue::object({{"image", hexadecimal(digit.image)}});
    if (digit.from_picture) own.set("from_picture", true);
    if (digit.label >= 0) own.set("label", digit.label);
    return own;
  }
  return JsonValue::object({{"test_index", digit.test_index}});
}

JsonValue pin_json(const NetworkPin& pin) {
  switch (pin.kind) {
    case PinKind::weight:
      return JsonValue::object({{"parameter", pin.parameter}, {"index", pin.index}});
    case PinKind::unit:
      return JsonValue::object({{"layer", pin.layer}, {"position", place(pin.position, 3)}});
    case PinKind::pixel:
      return JsonValue::object({{"pixel", place(pin.position, 2)}});
    case PinKind::digit_class:
      return JsonValue::object({{"class", pin.index}});
    default:
      return JsonValue::object();
  }
}

template <class Choice>
std::string_view name_of(std::span<const std::string_view> names, Choice choice) {
  return names[static_cast<std::size_t>(choice)];
}

template <class Choice>
void read_name(JsonReader& reader, std::string_view field, std::span<const std::string_view> names, Choice& choice) {
  auto index = static_cast<int>(choice);
  if (reader.read_choice(field, index, names)) choice = static_cast<Choice>(index);
}

JsonValue window_json(const WindowChoice& window) {
  JsonValue cell = JsonValue::array();
  for (const int index : window.cell) cell.push_back(index);
  return JsonValue::object({{"operation", name_of(kOperations, window.operation)},
                            {"size", window.size},
                            {"kernel", window.kernel},
                            {"stride", window.stride},
                            {"padding", window.padding},
                            {"dilation", window.dilation},
                            {"filter", window.filter},
                            {"backward", window.backward},
                            {"cell", std::move(cell)}});
}

// Label and answer; an empty list where no cell is chosen.
JsonValue confused_json(const std::array<int, 2>& cell) {
  JsonValue list = JsonValue::array();
  if (cell[0] == kNoCell) return list;
  for (const int index : cell) list.push_back(index);
  return list;
}

JsonValue shown_json(const NetworkLens& lens) {
  return JsonValue::object({{"backward", lens.backward},
                            {"matrix", lens.matrix},
                            {"rank", lens.rank},
                            {"ink", lens.ink},
                            {"view", name_of(kViews, lens.view)},
                            {"reading", name_of(kReadings, lens.reading)},
                            {"window", window_json(lens.window)},
                            {"predictions", name_of(kPredictions, lens.predictions)},
                            {"temperature", lens.temperature},
                            {"confused", confused_json(lens.confused)},
                            {"precision", lens.precision},
                            {"mala", lens.mala},
                            {"smoothing", lens.smoothing}});
}

void read_digit(JsonReader reader, LookedAtDigit& digit) {
  const bool both = reader.has("image") && reader.has("test_index");
  if (both) return reader.fail("image", "and test_index exclude each other: give one of them");
  std::string image;
  if (reader.read("image", image)) {
    std::vector<std::uint8_t> bytes = bytes_of(image);
    if (bytes.empty()) return reader.fail("image", "must be 784 bytes as 1,568 hexadecimal digits");
    digit = {.test_index = digit.test_index, .image = std::move(bytes)};
    reader.read("from_picture", digit.from_picture);
    reader.read("label", digit.label, 0, kMaxClass);
  }
  if (reader.read("test_index", digit.test_index, 0, std::numeric_limits<std::int32_t>::max()))
    digit = {.test_index = digit.test_index};
  reader.refuse_others();
}

void read_pin(JsonReader reader, NetworkPin& pin) {
  constexpr std::array<std::string_view, 4> kKinds{"parameter", "layer", "pixel", "class"};
  const auto given =
      std::count_if(kKinds.begin(), kKinds.end(), [&](std::string_view kind) { return reader.has(kind); });
  if (given > 1) return reader.fail("", "is one thing: a weight, a unit, a pixel or a class");
  NetworkPin wanted;
  if (reader.read("parameter", wanted.parameter, kMaxName)) {
    wanted.kind = PinKind::weight;
    reader.require({"index"});
    reader.read("index", wanted.index, 0, std::numeric_limits<std::int32_t>::max());
  }
  if (reader.read("layer", wanted.layer, 0, kMaxLayer)) {
    wanted.kind = PinKind::unit;
    reader.require({"position"});
    script::read_position(reader, "position", wanted.position);
  }
  if (script::read_position(reader, "pixel", std::span(wanted.position).first(2))) wanted.kind = PinKind::pixel;
  if (reader.read("class", wanted.index, 0, kMaxClass)) wanted.kind = PinKind::digit_class;
  reader.refuse_others();
  pin = std::move(wanted);
}

void read_window(JsonReader reader, WindowChoice& window) {
  read_name(reader, "operation", kOperations, window.operation);
  reader.read("size", window.size, 1, kMostWindowSize);
  reader.read("kernel", window.kernel, 1, kMostWindowKernel);
  reader.read("stride", window.stride, 1, kMostWindowStride);
  reader.read("padding", window.padding, 0, kMostWindowPadding);
  reader.read("dilation", window.dilation, 1, kMostWindowDilation);
  reader.read("filter", window.filter, 0, kMaxFilter);
  reader.read("backward", window.backward);
  script::read_position(reader, "cell", window.cell);
  reader.refuse_others();
}

// Two classes, or none.
void read_confused(JsonReader& reader, std::array<int, 2>& cell) {
  std::vector<double> numbers;
  if (!reader.read_numbers("confused", numbers, cell.size())) return;
  const bool whole = std::all_of(numbers.begin(), numbers.end(),
                                 [](double c) { return c >= 0 && c <= kMaxClass && std::floor(c) == c; });
  if (!whole || numbers.size() == 1)
    return reader.fail("confused", "must be the label's and the answer's class, whole numbers from 0 on, or empty");
  cell = {kNoCell, kNoCell};
  for (std::size_t i = 0; i < numbers.size(); ++i) cell[i] = static_cast<int>(numbers[i]);
}

void read_shown(JsonReader reader, NetworkLens& lens) {
  reader.read("backward", lens.backward);
  reader.read("matrix", lens.matrix, kMaxName);
  reader.read("rank", lens.rank, 0, kMaxRank);
  reader.read("ink", lens.ink, -1, 1);
  read_name(reader, "view", kViews, lens.view);
  read_name(reader, "reading", kReadings, lens.reading);
  read_window(reader.object("window"), lens.window);
  read_name(reader, "predictions", kPredictions, lens.predictions);
  reader.read("temperature", lens.temperature, kLeastTemperature, kMostTemperature);
  read_confused(reader, lens.confused);
  double precision = 0;
  if (reader.read("precision", precision, 0, inspect::kMaxPrecision)) {
    if (precision > 0 && precision < inspect::kMinPrecision)
      return reader.fail("precision", "must be 0, or 1e-6 at least");
    lens.precision = precision;
  }
  reader.read("mala", lens.mala);
  reader.read("smoothing", lens.smoothing, 0, kMostSmoothing);
  reader.refuse_others();
}

}  // namespace

void write_lens(JsonValue& state, const NetworkLens& lens) {
  state.set("lens", lens.name);
  state.set("digit", digit_json(lens.digit));
  state.set("pin", pin_json(lens.pin));
  state.set("lenses", shown_json(lens));
}

void read_lens(JsonReader& state, NetworkLens& lens) {
  const std::vector<std::string_view> names(lens.names.begin(), lens.names.end());
  int index = 0;
  if (state.read_choice("lens", index, names)) lens.name = names[static_cast<std::size_t>(index)];
  read_digit(state.object("digit"), lens.digit);
  if (state.has("pin")) read_pin(state.object("pin"), lens.pin);
  read_shown(state.object("lenses"), lens);
}

}  // namespace descent::web
