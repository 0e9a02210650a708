// SPDX-License-Identifier: MIT
// The toast that waits to be shown; a newer one replaces it.
#include "web/state/toast.h"

#include <utility>

#include "web/state/redraw.h"

namespace descent::web {
namespace {

std::optional<Toast> g_pending;
Toast g_taken;

}  // namespace

void toast(std::string text, bool is_error) {
  toast(Toast{.text = std::move(text), .is_error = is_error});
}

void toast(Toast toast) {
  g_pending = std::move(toast);
  request_redraw();
}

void toast_with_step(std::string text, int step) {
  toast(Toast{.text = std::move(text), .step = step});
}

std::optional<Toast> take_toast() {
  if (g_pending) g_taken = *g_pending;
  return std::exchange(g_pending, std::nullopt);
}

const Toast& taken_toast() {
  return g_taken;
}

}  // namespace descent::web
