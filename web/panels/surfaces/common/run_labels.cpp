// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/common/run_labels.h"

#include <algorithm>
#include <cmath>

#include "web/model/words/number_format.h"
#include "web/widgets/item.h"

namespace descent::web {

std::string fit_name(const race::RunnerName& name, float room) {
  const std::string full = name.full();
  if (widgets::text_width(full) <= room) return full;
  return !name.difference.empty() ? widgets::cut_text(name.difference, "", room)
                                  : widgets::cut_text(name.title, name.short_origin, room);
}

std::string short_number_text(double value, int digits) {
  const double size = std::abs(value);
  const bool plain = value == 0 || (size >= 1e-3 && size < 1e5);
  return display_number(value, plain ? digits : digits - 1);
}

std::string tight_formula(std::string_view formula) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::string text;
  for (std::size_t i = 0; i < formula.size(); ++i) {
    const bool between_words = i > 0 && i + 1 < formula.size() && letter(formula[i - 1]) && letter(formula[i + 1]);
    if (formula[i] != ' ' || between_words) text += formula[i];
  }
  return text;
}

}  // namespace descent::web
