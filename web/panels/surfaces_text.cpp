// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_text.h"

#include <algorithm>
#include <cmath>

#include "engine/optim/optimizer.h"
#include "web/widgets/format.h"
#include "web/widgets/item.h"

namespace descent::web {

std::string optimizer_title(std::string_view name) {
  const optim::CatalogEntry* entry = optim::find_optimizer(name);
  return std::string(entry != nullptr ? entry->info->title : name);
}

std::string brief(double value, int digits) {
  const double size = std::abs(value);
  const bool plain = value == 0 || (size >= 1e-3 && size < 1e5);
  return widgets::display_number(value, plain ? digits : digits - 1);
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
