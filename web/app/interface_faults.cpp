// SPDX-License-Identifier: MIT
#include "web/app/interface_faults.h"

#include <emscripten.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "web/state/toast.h"

// clang-format off
EM_JS(void, descent_log_error, (const char* text), { console.error(UTF8ToString(text)); });
// clang-format on

namespace descent::web {
namespace {

constexpr std::size_t kMostPlaces = 100;  // that are told apart; a page with more faults hears of no others

}  // namespace

void tell_interface_fault(const char* file, int line) {
  static std::vector<std::pair<std::string, int>> told;
  std::pair<std::string, int> place(file, line);
  if (told.size() >= kMostPlaces || std::find(told.begin(), told.end(), place) != told.end()) return;
  const std::string text = core::fill("Descent's interface: {}, line {}: an assertion does not hold", file, line);
  descent_log_error(text.c_str());
  if (told.empty())
    toast(
        "Something on this page was drawn wrongly. Nothing is lost and all goes on; the browser's console says what "
        "it was.",
        true);
  told.push_back(std::move(place));
}

}  // namespace descent::web
