// SPDX-License-Identifier: MIT
// fill(): sentences as templates, so that each stands in one piece where it is said, and can be translated as a whole:
//   fill("goes back to step {} and on from there", step)
// A hole is {} for the values in their order, or {0}, {1}, … for one of them by its place, as another language may
// need; {{ is a brace. A pattern whose holes are not those of its values does not compile. Values are texts and whole
// numbers; how many digits a real number has is the sentence's to say (number_text.h), so those are handed over as
// texts.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace descent::core {

// holes_of() counts the values that the holes of `pattern` ask for; -1 where a brace is neither a hole nor doubled, or
// {} and {0} mix.
[[nodiscard]] constexpr int holes_of(std::string_view pattern) {
  int in_order = 0, by_place = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') continue;
    const std::string_view rest = pattern.substr(i + 1);
    if (rest.starts_with('{')) {
      ++i;
    } else if (rest.starts_with('}')) {
      ++in_order;
    } else if (rest.size() > 1 && rest[0] >= '0' && rest[0] <= '9' && rest[1] == '}') {
      by_place = by_place > rest[0] - '0' + 1 ? by_place : rest[0] - '0' + 1;
    } else {
      return -1;
    }
  }
  return in_order > 0 && by_place > 0 ? -1 : in_order + by_place;
}

// A text or a whole number on its way into a sentence; it lives as long as the call.
class FillValue {
 public:
  FillValue(std::string_view text) : text_(text) {}    // NOLINT(google-explicit-constructor)
  FillValue(const std::string& text) : text_(text) {}  // NOLINT(google-explicit-constructor)
  FillValue(const char* text) : text_(text) {}         // NOLINT(google-explicit-constructor)
  template <std::integral Number>
  requires(!std::same_as<Number, bool> && !std::same_as<Number, char>)
      FillValue(Number number) {  // NOLINT(google-explicit-constructor)
    const auto end = std::to_chars(digits_, digits_ + sizeof digits_, number).ptr;
    size_ = static_cast<std::size_t>(end - digits_);
  }

  [[nodiscard]] std::string_view text() const { return size_ > 0 ? std::string_view(digits_, size_) : text_; }

 private:
  std::string_view text_;
  std::size_t size_ = 0;
  char digits_[24];
};

// The call that FillPattern refuses to compile, as it is no constant; the compiler's message quotes the name. It has no
// definition: nothing is left of it at run time. (A throw would not do, there are no exceptions.)
void the_pattern_has_other_holes_than_there_are_values();

template <class... Values>
struct FillPattern {
  std::string_view text;

  consteval FillPattern(const char* pattern) : text(pattern) {  // NOLINT(google-explicit-constructor)
    if (holes_of(text) != static_cast<int>(sizeof...(Values))) the_pattern_has_other_holes_than_there_are_values();
  }
};

// The same with a pattern that is known only at run time, as one from a table: holes without a value stay empty.
[[nodiscard]] std::string fill_values(std::string_view pattern, std::span<const FillValue> values);

template <class... Values>
requires(sizeof...(Values) > 0) [[nodiscard]] std::string
    fill(FillPattern<std::type_identity_t<Values>...> pattern, const Values&... values) {
  const FillValue list[] = {FillValue(values)...};
  return fill_values(pattern.text, list);
}

}  // namespace descent::core
