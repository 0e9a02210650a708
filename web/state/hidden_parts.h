// SPDX-License-Identifier: MIT
// Parts of the page that can be hidden, by name: for a class, an exercise, a lecture. What is hidden gives its room to
// the rest; keys and scripts go on working. The list travels in descent.state() and in links (hide=rail,strip).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace descent::web {

enum class Part { top_bar, sentence, workspaces, scenes, share, rail, transport, tools, strip, card };

struct PartInfo {
  Part part;
  std::string_view name;  // lower snake case
  std::string_view doc;
};
// The parts that can be hidden, in the order of Part.
[[nodiscard]] std::span<const PartInfo> hideable_parts();

class HiddenParts {
 public:
  [[nodiscard]] bool has(Part part) const { return (bits_ & bit(part)) != 0; }
  void hide(Part part) { bits_ |= bit(part); }
  friend bool operator==(const HiddenParts&, const HiddenParts&) = default;

 private:
  static constexpr std::uint32_t bit(Part part) { return std::uint32_t{1} << static_cast<unsigned>(part); }
  std::uint32_t bits_ = 0;
};

}  // namespace descent::web
