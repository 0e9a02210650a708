// SPDX-License-Identifier: MIT
#include "web/model/words/control_words.h"

#include <array>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

constexpr int kAllDigits = 15;  // every decimal number of so many survives a double (IEEE 754, DBL_DIG)

// The roles that people know under another word.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kWords{
    {{"combo", "list"}, {"canvas", "picture"}, {"field", "text field"}}};

std::string_view word_of(std::string_view role) {
  for (const auto& [known, word] : kWords)
    if (known == role) return word;
  return role;
}

}  // namespace

std::string control_line(const Control& control) {
  const std::string name = core::fill("{}, {}", control.label, word_of(control.role));
  if (control.role == "checkbox" && control.value)
    return core::fill("{}: {}", name, *control.value != 0 ? "on" : "off");
  if (control.text && !control.text->empty()) return core::fill("{}: {}", name, *control.text);
  return control.value ? core::fill("{}: {}", name, display_number(*control.value)) : name;
}

std::string shown_text(const Control& control) {
  if (control.text) return std::string(*control.text);
  return control.value ? display_number(*control.value, kAllDigits) : std::string();
}

}  // namespace descent::web
