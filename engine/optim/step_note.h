// SPDX-License-Identifier: MIT
// A StepNote is what a step says of itself: a static text of one or two parts, "what happened: why, or what follows
// from it". Those who have little room show the first part alone.
#pragma once

#include <cstdint>
#include <string_view>

namespace descent::optim {

class StepNote {
 public:
  constexpr StepNote() = default;
  // The parts are told apart when this is compiled.
  consteval StepNote(const char* text) : text_(text) {  // NOLINT(google-explicit-constructor)
    constexpr std::string_view kBetween = ": ";
    const std::string_view whole(text);
    const std::size_t between = whole.find(kBetween);
    const bool two = between != std::string_view::npos;
    size_ = static_cast<std::uint16_t>(whole.size());
    what_ = static_cast<std::uint16_t>(two ? between : whole.size());
    why_ = static_cast<std::uint16_t>(two ? between + kBetween.size() : whole.size());
  }

  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  [[nodiscard]] constexpr std::string_view text() const { return {text_, size_}; }
  [[nodiscard]] constexpr std::string_view what() const { return text().substr(0, what_); }
  [[nodiscard]] constexpr std::string_view why() const { return text().substr(why_); }  // empty where there is one part

 private:
  const char* text_ = "";
  // Lengths and places are in bytes, and small: a run keeps a note for each of its steps.
  std::uint16_t size_ = 0, what_ = 0, why_ = 0;
};

}  // namespace descent::optim
