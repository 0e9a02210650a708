// SPDX-License-Identifier: MIT
// The lens, the digit and the pin in the state: what is written is read back the same, and what is wrong is named.
#include "web/state/lens_json.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "web/state/state_json.h"

namespace descent::testing {
namespace {

using web::NetworkLens;
using web::NetworkPin;
using web::PinKind;

NetworkLens a_lens() {
  NetworkLens lens;
  lens.names = {"training", "gradients", "weights", "predictions"};
  return lens;
}

// read() is what comes of `text` over a fresh lens; `error` gets the sentence, or stays empty.
NetworkLens read(std::string_view text, std::string& error) {
  NetworkLens lens = a_lens();
  const auto value = io::parse_json(text, "the state");
  REQUIRE(value.ok());
  io::JsonReader reader(*value, "the state");
  web::read_lens(reader, lens);
  reader.refuse_others();
  error = reader.status().ok() ? "" : reader.status().message();
  return lens;
}

TEST_CASE("lens: what is written is read back the same") {
  std::vector<NetworkLens> all(7, a_lens());
  all[1].name = "gradients";
  all[1].backward = true;
  all[1].pin = {.kind = PinKind::weight, .parameter = "7.weight", .index = 204799};
  all[2].digit.test_index = 9999;
  all[2].pin = {.kind = PinKind::unit, .layer = 3, .position = {10, 9, 63}};
  all[3].digit.image.resize(784);
  for (std::size_t i = 0; i < 784; ++i) all[3].digit.image[i] = static_cast<std::uint8_t>(i % 256);
  all[3].digit.from_picture = true;
  all[3].digit.label = 4;
  all[3].pin = {.kind = PinKind::pixel, .position = {27, 1, 0}};
  all[3].ink = -0.25;
  all[4].pin = {.kind = PinKind::digit_class, .index = 9};
  all[4].name = "weights";
  all[4].matrix = "0.weight";
  all[4].rank = 12;
  all[4].smoothing = 0.85;
  all[5].view = web::WeightsView::convolution;
  all[5].reading = web::ProductReading::sheets;
  all[5].window = {.operation = web::WindowOperation::max_pooling,
                   .size = 9,
                   .kernel = 2,
                   .stride = 4,
                   .padding = 1,
                   .dilation = 3,
                   .filter = 31,
                   .backward = true,
                   .cell = {3, 8}};
  all[6].predictions = web::PredictionsView::confusion;
  all[6].temperature = 2.5;
  all[6].confused = {4, 9};
  for (const NetworkLens& lens : all) {
    io::JsonValue value = io::JsonValue::object();
    web::write_lens(value, lens);
    std::string error;
    CHECK(read(io::write_json(value), error) == lens);
    CHECK(error.empty());
  }
}

TEST_CASE("lens: a digit of one's own gives way to a test image, and the other way round") {
  std::string error;
  CHECK(read(R"({"digit": {"image": ")" + std::string(1568, 'f') + R"("}})", error).digit.own());
  CHECK(error.empty());
  CHECK(read(R"({"digit": {"test_index": 3}})", error).digit.test_index == 3);
}

TEST_CASE("lens: an empty list chooses no cell any more") {
  std::string error;
  CHECK(read(R"({"lenses": {"confused": []}})", error).confused == a_lens().confused);
  CHECK(error.empty());
}

TEST_CASE("lens: what is wrong is named") {
  const std::pair<std::string_view, std::string_view> wrong[] = {
      {R"({"lens": "colours"})", "lens"},
      {R"({"digit": {"test_index": -1}})", "digit.test_index"},
      {R"({"digit": {"image": "00"}})", "digit.image must be 784 bytes"},
      {R"({"digit": {"image": "00", "test_index": 1}})", "exclude each other"},
      {R"({"lenses": {"predictions": "kitchen"}})", "lenses.predictions"},
      {R"({"lenses": {"temperature": 0}})", "lenses.temperature"},
      {R"({"lenses": {"confused": [4]}})", "lenses.confused must be"},
      {R"({"lenses": {"confused": [4, 1000]}})", "lenses.confused must be"},
      {R"({"lenses": {"confused": [4, 1, 2]}})", "lenses.confused"},
      {R"({"pin": {"layer": 1}})", "position"},
      {R"({"pin": {"parameter": "0.weight"}})", "index"},
      {R"({"pin": {"pixel": [1.5, 2]}})", "pin.pixel must be whole numbers"},
      {R"({"pin": {"pixel": [1, 2], "class": 3}})", "pin is one thing"},
      {R"({"pin": {"colour": 3}})", "colour"},
      {R"({"lenses": {"rank": -2}})", "lenses.rank"},
      {R"({"lenses": {"ink": 1.5}})", "lenses.ink"},
      {R"({"lenses": {"smoothing": 1}})", "lenses.smoothing"},
      {R"({"digit": {"test_index": 1, "from_picture": true}})", "from_picture"},
      {R"({"digit": {"test_index": 1, "label": 2}})", "label"},
      {R"({"lenses": {"view": "colours"}})", "lenses.view"},
      {R"({"lenses": {"window": {"kernel": 8}}})", "lenses.window.kernel"},
  };
  for (const auto& [text, part] : wrong) {
    CAPTURE(text);
    std::string error;
    static_cast<void>(read(text, error));
    CHECK(error.find(part) != std::string::npos);
  }
}

}  // namespace
}  // namespace descent::testing
