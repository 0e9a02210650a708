// SPDX-License-Identifier: MIT
#include "engine/autodiff/formula_reader/coordinate_names.h"

#include <algorithm>
#include <array>

#include "engine/core/fill.h"

namespace descent::autodiff {
namespace {

constexpr std::array<std::string_view, 2> kPlain{"x", "y"};
constexpr std::array<std::string_view, 2> kCapital{"X", "Y"};

struct Index {
  int coordinate = 0;
  int number = 0;
  std::size_t size = 0;  // bytes of the whole name; 0 where there is no such name
};

// A coordinate's letter with a number at the front of a word: x1, X_2.
Index index_at_the_front(std::string_view word) {
  if (word.empty()) return {};
  const char letter = lower_case(word.substr(0, 1))[0];
  if (letter != 'x' && letter != 'y') return {};
  std::size_t at = word.size() > 1 && word[1] == '_' ? 2 : 1;
  const std::size_t digits = at;
  int number = 0;
  for (; at < word.size() && word[at] >= '0' && word[at] <= '9' && at < digits + 3; ++at)
    number = 10 * number + (word[at] - '0');
  return at == digits ? Index{} : Index{letter == 'y' ? 1 : 0, number, at};
}

// The names as a sentence lists them: "x1", "x1, x2 and x3"; of many names only the first ones.
std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 4;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i)
    list += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return names.size() > kMost ? core::fill("{} and others", list) : list;
}

std::string read_as(const std::vector<std::string>& names, const std::string& read) {
  return names.size() == 1 ? core::fill("{} is read as {}", names[0], read)
                           : core::fill("{} are read as {}", list_of(names), read);
}

}  // namespace

CoordinateNames::CoordinateNames(std::vector<Token>& tokens) {
  take_front(tokens);
  for (const Token& token : tokens)
    if (token.kind == TokenKind::name && !find(token.text)) look_at(token);
  for (int k = 0; k < 2; ++k) {
    const auto at = static_cast<std::size_t>(k);
    alone_[at] = small_[at] || capital_[at];
    add(std::string(kPlain[at]), k);
    if (!capital_[at] || small_[at]) continue;
    add(std::string(kCapital[at]), k);
    altered_ = true;
    notes_.push_back(core::fill("{} is read as {}", kCapital[at], kPlain[at]));
  }
  bind_indices();
}

// take_front() takes away what stands in front of a formula and names it or its arguments: f(x, y) = …, z = …, f(u, v)
// := …, return …
void CoordinateNames::take_front(std::vector<Token>& tokens) {
  if (tokens[0].kind == TokenKind::name && tokens[0].text == "return" && tokens.size() > 2) {
    tokens.erase(tokens.begin());
    altered_ = true;
  }
  const auto equals =
      std::find_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind == TokenKind::equals; });
  const auto count = static_cast<std::size_t>(equals - tokens.begin());
  if (equals == tokens.end() || tokens[0].kind != TokenKind::name) return;
  if (count == 1) {
    const std::string name = lower_case(tokens[0].text);
    if (name == kPlain[0] || name == kPlain[1]) return;
  } else {
    if (count < 4 || tokens[1].kind != TokenKind::open || tokens[count - 1].kind != TokenKind::close) return;
    for (std::size_t i = 2; i + 1 < count; ++i)
      if (tokens[i].kind != (i % 2 == 0 ? TokenKind::name : TokenKind::comma)) return;
    bind_front(tokens, count);
  }
  const bool refused = tokens[0].kind == TokenKind::fault;
  if (!refused) tokens.erase(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(count) + 1);
  altered_ = true;
}

// The arguments of f are the coordinates; x and y among them are themselves.
void CoordinateNames::bind_front(std::vector<Token>& tokens, std::size_t equals) {
  std::vector<std::string> others;
  bool taken[2] = {false, false};
  for (std::size_t i = 2; i < equals; i += 2) {
    if (i > 4) {
      Token fault = tokens[i];
      fault.kind = TokenKind::fault;
      fault.text = "there are two coordinates, x and y; write a third variable as a parameter, without naming it here";
      tokens.assign({fault});
      return;
    }
    const std::string& name = tokens[i].text;
    if (name == kPlain[0] || name == kPlain[1])
      taken[name == kPlain[1] ? 1 : 0] = true;
    else
      others.push_back(name);
  }
  std::string read;
  for (const std::string& name : others) {
    const int coordinate = taken[0] ? 1 : 0;
    taken[coordinate] = true;
    add(name, coordinate);
    read += (read.empty() ? "" : " and ") + std::string(kPlain[static_cast<std::size_t>(coordinate)]);
  }
  if (others.empty()) return;
  in_front_ = true;
  notes_.push_back(read_as(others, read));
}

void CoordinateNames::look_at(const Token& token) {
  const std::string_view name = token.text;
  for (std::size_t k = 0; k < 2; ++k) {
    small_[k] = small_[k] || name == kPlain[k];
    capital_[k] = capital_[k] || name == kCapital[k];
  }
  if (name.find_first_not_of("xy") == std::string_view::npos) {
    for (const char c : name) small_[c == 'y' ? 1 : 0] = true;
    return;
  }
  // x1x2 is the product of both, sinx1 the sine of one.
  const std::string lower = lower_case(name);
  const FunctionName* function = function_at_the_front(lower);
  std::vector<std::pair<Index, std::string>> found;
  for (std::size_t at = function != nullptr ? function->name.size() : 0; at < name.size();) {
    const Index index = index_at_the_front(name.substr(at));
    if (index.size == 0) return;
    found.emplace_back(index, name.substr(at, index.size));
    at += index.size;
  }
  for (const auto& [index, text] : found) {
    indices_[index.coordinate].insert(index.number);
    if (std::find(indexed_.begin(), indexed_.end(), text) == indexed_.end()) indexed_.push_back(text);
  }
}

// Names with an index are the coordinates where no plain x or y stands beside them: x1 and x2, or x0 and x1, or x1 and
// y1 of one point.
void CoordinateNames::bind_indices() {
  if (in_front_ || alone_[0] || alone_[1] || indexed_.empty()) return;
  const std::set<int>& xs = indices_[0];
  const std::set<int>& ys = indices_[1];
  const int first = xs.empty() ? -1 : *xs.begin();
  const bool vector = ys.empty() && (first == 0 || first == 1) && *xs.rbegin() <= first + 1;
  const bool point = xs.size() == 1 && ys == xs && first <= 1;
  if (!vector && !point) return;
  std::vector<std::string> read;
  std::sort(indexed_.begin(), indexed_.end());
  for (const std::string& text : indexed_) {
    const Index index = index_at_the_front(text);
    const int coordinate = vector ? index.number - first : index.coordinate;
    add(text, coordinate);
    const std::string plain(kPlain[static_cast<std::size_t>(coordinate)]);
    if (std::find(read.begin(), read.end(), plain) == read.end()) read.push_back(plain);
  }
  altered_ = true;
  notes_.push_back(read_as(indexed_, list_of(read)));
}

std::optional<int> CoordinateNames::find(std::string_view name) const {
  for (const Name& known : names_)
    if (known.text == name) return known.coordinate;
  return {};
}

std::pair<std::size_t, int> CoordinateNames::at_the_front(std::string_view word) const {
  std::pair<std::size_t, int> longest{0, 0};
  for (const Name& known : names_)
    if (word.starts_with(known.text) && known.text.size() > longest.first)
      longest = {known.text.size(), known.coordinate};
  return longest;
}

bool CoordinateNames::has_index(std::string_view name) {
  const Index index = index_at_the_front(name);
  return index.size > 0 && index.size == name.size();
}

std::optional<std::string> CoordinateNames::refusal(std::string_view name) const {
  if (!has_index(name) || find(name) || in_front_ || alone_[0] || alone_[1]) return {};
  const Index index = index_at_the_front(name);
  const std::string letter(kPlain[static_cast<std::size_t>(index.coordinate)]);
  const std::string problem = indexed_.size() == 1 ? core::fill("{} alone is no coordinate", name)
                                                   : core::fill("{} cannot all be coordinates", list_of(indexed_));
  if (index.number != 2 && index.number != 3) return core::fill("{}; there are two, x and y, or x1 and x2", problem);
  return core::fill("{}; there are two, x and y, or x1 and x2 (a power is written {}^{})", problem, letter,
                    index.number);
}

}  // namespace descent::autodiff
