// SPDX-License-Identifier: MIT
// The field in which a formula f(x, y) is typed. What parses is applied while it is being typed; while it does not, the
// surface stays that of the last good formula, which Escape brings back, and a sentence with a mark under the column
// says what is wrong.
#pragma once

#include <imgui.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/panels/page/panel.h"
#include "web/state/formula_examples.h"
#include "web/state/race_defaults.h"
#include "web/widgets/item.h"

namespace descent::web {

class FormulaField {
 public:
  // draw() draws, while context.ui.race is on a formula, the field and what is wrong with its text.
  void draw(PanelContext& context);
  // Puts the race on the present surface's own formula, to be edited.
  void begin(PanelContext& context);
  // The example takes the place of what was typed, and the race goes to its rectangle and start.
  void take(PanelContext& context, const FormulaExample& example);

 private:
  // A formula that is fine as a formula and cannot be raced on, as the worker found.
  struct Refusal {
    std::string text;
    std::string sentence;
  };

  void follow(const PanelContext& context);
  void draw_field(PanelContext& context);
  void draw_text(const widgets::Item& item) const;
  void draw_error_mark(const ImRect& box, float scroll) const;
  void draw_error() const;
  void set_text(std::string_view text);
  void edited();
  void restore(const PanelContext& context);
  void apply(PanelContext& context);
  core::Status send(PanelContext& context, std::string_view text, NamedValues& known,
                    std::optional<FormulaPlace> place = {}) const;

  std::string text_;
  std::string followed_;              // the race's formula that `text_` was last set to or made
  double edited_at_ = -1;             // ImGui time of the last edit that has not been looked at; negative: none
  bool active_ = false;               // has the keyboard
  std::optional<core::Error> error_;  // what is wrong with the text
  NamedValues known_;                 // parameters that were there once keep their values
  // The worker's, until it is taken over.
  std::shared_ptr<std::optional<Refusal>> refusal_ = std::make_shared<std::optional<Refusal>>();
};

}  // namespace descent::web
