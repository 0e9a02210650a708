// SPDX-License-Identifier: MIT
#include "engine/autodiff/formula_reader/latex.h"

#include <algorithm>
#include <array>

#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

struct Known {
  std::string_view command;
  LatexRole role;
  std::string_view text = {};
};

constexpr auto kCommands = std::to_array<Known>({
    {"cdot", LatexRole::times},
    {"times", LatexRole::times},
    {"ast", LatexRole::times},
    {"div", LatexRole::over},
    {"vert", LatexRole::bar},
    {"lvert", LatexRole::bar},
    {"rvert", LatexRole::bar},
    {"mid", LatexRole::bar},
    {"lbrace", LatexRole::open},
    {"rbrace", LatexRole::close},
    {"frac", LatexRole::name, kFraction},
    {"dfrac", LatexRole::name, kFraction},
    {"tfrac", LatexRole::name, kFraction},
    {"cfrac", LatexRole::name, kFraction},
    {"varepsilon", LatexRole::name, "epsilon"},
    {"vartheta", LatexRole::name, "theta"},
    {"varphi", LatexRole::name, "phi"},
    {"varrho", LatexRole::name, "rho"},
    {"varsigma", LatexRole::name, "sigma"},
});

// Commands that say only how something is to be shown.
constexpr auto kSpaces = std::to_array<std::string_view>(
    {"left",  "right", "big",   "Big",  "bigg",  "Bigg",      "bigl",         "bigr",      "Bigl",   "Bigr",    "biggl",
     "biggr", "Biggl", "Biggr", "quad", "qquad", "thinspace", "displaystyle", "textstyle", "limits", "nolimits"});

// Commands that set the name in their braces in a font: \mathrm{sin} is sin.
constexpr auto kFonts = std::to_array<std::string_view>(
    {"mathrm", "operatorname", "mathit", "mathbf", "mathsf", "text", "textrm", "boldsymbol", "mathnormal"});

// A formula's own names that LaTeX has a command for.
constexpr auto kNames = std::to_array<std::string_view>(
    {"sin",    "cos",   "tan",   "cot",   "sec",    "csc",     "arcsin", "arccos",  "arctan", "sinh",  "cosh",
     "tanh",   "exp",   "log",   "ln",    "lg",     "sqrt",    "min",    "max",     "abs",    "tg",    "ctg",
     "pi",     "alpha", "beta",  "gamma", "delta",  "epsilon", "zeta",   "eta",     "theta",  "iota",  "kappa",
     "lambda", "mu",    "nu",    "xi",    "rho",    "sigma",   "tau",    "upsilon", "phi",    "chi",   "psi",
     "omega",  "Gamma", "Delta", "Theta", "Lambda", "Xi",      "Sigma",  "Phi",     "Psi",    "Omega", "ell"});

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::size_t end_of_letters(std::string_view text, std::size_t at) {
  while (at < text.size() && is_letter(text[at])) ++at;
  return at;
}

// Commands of one sign are spaces such as \, \; \!, the \( \[ around a formula, or \{ \} as brackets.
LatexCommand of_one_sign(std::string_view text, std::size_t at) {
  const char sign = at + 1 < text.size() ? text[at + 1] : '\0';
  constexpr std::string_view kInvisible = ",;:! >()[]\\";
  if (sign == '{') return {LatexRole::open, 2, {}};
  if (sign == '}') return {LatexRole::close, 2, {}};
  if (sign == '|') return {LatexRole::bar, 2, {}};
  if (sign != '\0' && kInvisible.find(sign) != std::string_view::npos) return {LatexRole::space, 2, {}};
  return {LatexRole::unknown, 1, "'\\' has no meaning in a formula"};
}

// The name in the braces behind a font's command that ends at `end`: sin in \mathrm{sin}.
LatexCommand in_a_font(std::string_view text, std::size_t at, std::size_t end, std::string_view command) {
  const std::size_t inside = end + 1;
  const std::size_t close = end < text.size() && text[end] == '{' ? end_of_letters(text, inside) : text.size();
  if (close <= inside || close >= text.size() || text[close] != '}')
    return {LatexRole::unknown, end - at, core::fill("a name in braces is expected after '\\{}'", command)};
  return {LatexRole::name, close + 1 - at, std::string(text.substr(inside, close - inside))};
}

}  // namespace

LatexCommand latex_command(std::string_view text, std::size_t at) {
  const std::size_t end = end_of_letters(text, at + 1);
  if (end == at + 1) return of_one_sign(text, at);
  const std::string_view command = text.substr(at + 1, end - at - 1);
  const std::size_t size = end - at;
  if (contains(kSpaces, command)) return {LatexRole::space, size, {}};
  if (contains(kFonts, command)) return in_a_font(text, at, end, command);
  for (const Known& known : kCommands)
    if (known.command == command) return {known.role, size, std::string(known.text)};
  if (command == "sqrt" && end < text.size() && text[end] == '[') {
    if (text.substr(end, 3) == "[2]") return {LatexRole::name, size + 3, "√"};
    return {LatexRole::unknown, size,
            "of roots only the square root is read; write others as powers, such as (…)^(1/3)"};
  }
  if (command == "sqrt") return {LatexRole::name, size, "√"};
  if (contains(kNames, command)) return {LatexRole::name, size, std::string(command)};
  return {LatexRole::unknown, size, core::fill("'\\{}' is no command that can be read here", command.substr(0, 30))};
}

}  // namespace descent::autodiff
