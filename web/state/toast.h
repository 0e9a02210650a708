// SPDX-License-Identifier: MIT
// toast(): one sentence for the person, shown at the bottom of the page for a few seconds (errors longer) until it is
// dismissed. Anyone on the main thread may call it; the app takes it over with the next frame.
#pragma once

#include <optional>
#include <string>

namespace descent::web {

struct Toast {
  std::string text;
  bool is_error = false;
  int step = 0;  // its button goes through the history: −1 Undo, 1 Redo, 0 none
  // Another button beside the sentence, and the request of the page that it makes (web/page/boot.js); empty: none.
  std::string action{}, request{};
};

void toast(std::string text, bool is_error = false);
void toast(Toast toast);
// The same with a button that goes a step through the history.
void toast_with_step(std::string text, int step);
[[nodiscard]] std::optional<Toast> take_toast();
// The one that was taken last: what its button says and asks for. Its text is the interface's (UiState::toast).
[[nodiscard]] const Toast& taken_toast();

}  // namespace descent::web
