// SPDX-License-Identifier: MIT
// Look-alikes and superscripts become plain characters, a power of ten becomes an exponent, and strtod reads the rest.
#include "engine/core/read_number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

namespace descent::core {
namespace {

struct Replacement {
  std::string_view from, to;
};

constexpr std::array kSigns{
    Replacement{"−", "-"},
    Replacement{"–", "-"},
    Replacement{"×", "*"},
    Replacement{"·", "*"},
    Replacement{"⋅", "*"},
    Replacement{" ", ""},
    Replacement{"\u00a0", ""},  // no-break, thin and narrow
                                // spaces
    Replacement{"\u2009", ""},
    Replacement{"\u202f", ""},
};
constexpr std::array<std::string_view, 12> kSuperscripts{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻", "⁺"};
constexpr std::string_view kPlain = "0123456789-+";

// "2×10⁻³" as "2*10^-3".
std::string plain_text(std::string_view text) {
  std::string plain;
  bool raised = false;
  while (!text.empty()) {
    const auto starts = [&](std::string_view with) { return text.starts_with(with); };
    const auto digit = std::find_if(kSuperscripts.begin(), kSuperscripts.end(), starts);
    const auto sign =
        std::find_if(kSigns.begin(), kSigns.end(), [&](const Replacement& one) { return starts(one.from); });
    std::size_t taken = 1;
    if (digit != kSuperscripts.end()) {
      if (!raised) plain += '^';
      plain += kPlain[static_cast<std::size_t>(digit - kSuperscripts.begin())];
      taken = digit->size();
    } else if (sign != kSigns.end()) {
      plain += sign->to;
      taken = sign->from.size();
    } else {
      plain += text.front();
    }
    raised = digit != kSuperscripts.end();
    text.remove_prefix(taken);
  }
  return plain;
}

// "2*10^-3" as "2e-3", "-10^4" as "-1e4"; without a power of ten as it is.
std::string with_exponent(const std::string& text) {
  constexpr std::string_view kPower = "10^";
  const std::size_t at = text.find(kPower);
  if (at == std::string::npos) return text;
  std::string factor = text.substr(0, at);
  if (factor.empty() || factor == "-" || factor == "+")
    factor += '1';
  else if (factor.back() == '*')
    factor.pop_back();
  else
    return {};
  return factor + 'e' + text.substr(at + kPower.size());
}

std::string without_commas(std::string text) {
  const auto commas = std::count(text.begin(), text.end(), ',');
  if (commas == 1 && text.find('.') == std::string::npos)
    std::replace(text.begin(), text.end(), ',', '.');
  else
    std::erase(text, ',');
  return text;
}

}  // namespace

std::optional<double> read_number(std::string_view text) {
  const std::string number = without_commas(with_exponent(plain_text(text)));
  if (number.empty() || number.find_first_not_of("0123456789+-.eE") != std::string::npos) return {};
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  if (end != number.c_str() + number.size() || !std::isfinite(value)) return {};
  return value;
}

}  // namespace descent::core
