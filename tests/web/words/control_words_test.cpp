// SPDX-License-Identifier: MIT
// Controls in words, for ears and for the clipboard.
#include "web/model/words/control_words.h"

#include <doctest/doctest.h>

namespace descent::web {
namespace {

TEST_CASE("a control is said with its kind and its value") {
  CHECK(control_line({"momentum learning rate", "slider", 0.0042, {}}) == "momentum learning rate, slider: 0.0042");
  CHECK(control_line({"Lines", "checkbox", 1.0, {}}) == "Lines, checkbox: on");
  CHECK(control_line({"Lines", "checkbox", 0.0, {}}) == "Lines, checkbox: off");
  CHECK(control_line({"Surface", "combo", {}, "Beale"}) == "Surface, list: Beale");
  CHECK(control_line({"Play", "button", {}, {}}) == "Play, button");
  CHECK(control_line({"formula", "field", {}, ""}) == "formula, text field");
}

TEST_CASE("what is copied has all digits; nothing is copied of what shows nothing") {
  CHECK(shown_text({"rate", "slider", 0.1, {}}) == "0.1");
  CHECK(shown_text({"rate", "slider", 0.123456789012345, {}}) == "0.123456789012345");
  CHECK(shown_text({"read-out", "text", 3.0, "f 10.02"}) == "f 10.02");
  CHECK(shown_text({"Play", "button", {}, {}}).empty());
}

}  // namespace
}  // namespace descent::web
