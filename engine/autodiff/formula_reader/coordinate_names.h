// SPDX-License-Identifier: MIT
// The names of the two coordinates in a formula: x and y, in capitals where the small letters do not occur; x1 and x2
// (x_1, x₁, x[0] and x[1]) where neither x nor y stands alone; others where f(u, v) = … stands in front.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/autodiff/formula_reader/lexer.h"

namespace descent::autodiff {

class CoordinateNames {
 public:
  // Looks at the whole formula, and takes what stands in front of it, f(x, y) = …, off.
  explicit CoordinateNames(std::vector<Token>& tokens);

  // 0 = x, 1 = y.
  [[nodiscard]] std::optional<int> find(std::string_view name) const;
  // The longest of the names that `word` begins with, its size and coordinate; size 0 where there is none.
  [[nodiscard]] std::pair<std::size_t, int> at_the_front(std::string_view word) const;
  // stands_alone() says whether the formula has the coordinate by its plain letter, alone.
  [[nodiscard]] bool stands_alone(int coordinate) const { return alone_[static_cast<std::size_t>(coordinate)]; }
  // A sentence that says why this name, which looks like a coordinate, cannot be one; nothing where it is one, or a
  // parameter.
  [[nodiscard]] std::optional<std::string> refusal(std::string_view name) const;
  [[nodiscard]] static bool has_index(std::string_view name);  // x1, y_2
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  [[nodiscard]] bool altered() const { return altered_; }

 private:
  struct Name {
    std::string text;
    int coordinate = 0;
  };
  void take_front(std::vector<Token>& tokens);
  void bind_front(std::vector<Token>& tokens, std::size_t equals);
  void look_at(const Token& token);
  void bind_indices();
  void add(std::string text, int coordinate) { names_.push_back({std::move(text), coordinate}); }

  std::vector<Name> names_;
  bool alone_[2] = {false, false};
  bool small_[2] = {false, false};
  bool capital_[2] = {false, false};
  bool in_front_ = false;             // the names are those of f(u, v) = …
  std::set<int> indices_[2];          // of x and of y
  std::vector<std::string> indexed_;  // as they are written
  std::vector<std::string> notes_;
  bool altered_ = false;
};

}  // namespace descent::autodiff
