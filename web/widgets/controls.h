// SPDX-License-Identifier: MIT
// Controls shared by all panels. Each takes a visible label, shows a tooltip of one or two sentences, and reports
// itself to ui_items (label, role, value), so scripts and tests find it by what a person reads. Icons are drawn, not
// glyphs. Widths: what SetNextItemWidth / PushItemWidth ask for; otherwise buttons are as wide as their text, and
// sliders, fields and drop-downs take all that is left.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/fill.h"
#include "engine/core/param_spec.h"

namespace descent::web::widgets {

enum class Icon {
  none,
  play,
  pause,
  step,
  back,
  reset,
  plus,
  close,
  download,
  upload,
  share,
  help,
  sun,
  moon,
  menu,
  cube,
  contour,
  arrows,
  curvature,
  picture,
  fit,
  dice,
  eraser,
  enlarge,
  reduce,
  branch,
  pin,
  chevron,
  scenes,
  previous,
  undo,
  redo,
  next
};

// `label` is what ui_items reports, and the text. Primary: filled with the accent, at most one in sight.
bool button(std::string_view label, Icon icon, std::string_view tooltip, bool enabled = true, bool primary = false);
// The icon alone, square.
bool icon_button(std::string_view label, Icon icon, std::string_view tooltip, bool enabled = true);
// A switch with its label to the right. Role "checkbox", value 0 or 1.
// `text`: shown instead of the label.
bool toggle(std::string_view label, bool& value, std::string_view tooltip, std::string_view text = {});
// The same as a square with an icon, filled while it is on; for narrow places.
bool icon_toggle(std::string_view label, Icon icon, bool& value, std::string_view tooltip);
// Tabs or segments in a row, role "tab"; returns true when `selected` changed. A negative `selected`: none is.
bool segments(std::string_view id, std::span<const std::string_view> labels, int& selected,
              std::span<const std::string_view> tooltips);
// A drop-down; entries by index. Role "combo" (text = the chosen entry), the open list has role "option".
// The label stands to the left; a label that begins with "##" is not shown. `brief`: stands in the box where the chosen
// entry does not fit.
bool combo(std::string_view label, int& selected, std::span<const std::string_view> entries, std::string_view tooltip,
           std::string_view brief = {});
// A button with a list under it; returns the entry that was pressed, or -1. `selected` has a mark, -1: none has. The
// button shows its label, or in narrow places its icon alone.
int menu_button(std::string_view label, Icon icon, bool words, int selected, std::span<const std::string_view> entries,
                std::string_view tooltip);
[[nodiscard]] float menu_button_width(std::string_view label, bool words);

// A red zone on a slider from `unstable_above` to its right end.
struct SliderZone {
  double unstable_above = 0;
  std::string_view caption;  // "2 / λmax = 0.00150"
  std::string_view brief;    // "≈ 0.00150": stands there where the caption does not fit
  std::string_view help;     // a sentence with all of it, the tooltip
  std::string_view note;     // stands there instead, without a tooltip, while nothing is known of a bound
};
// A value worth knowing: a notch on the track, a sentence added to the tooltip.
struct SliderNotch {
  double value = 0;
  std::string_view help;
};
// A slider with its value to the right (click the value or double-click the track to type), linear or logarithmic as
// the spec says, its doc as tooltip; arrow keys when focused. Reported as slider "<owner> <name>" with blanks for
// underscores ("adam learning rate"), and its value as field "<owner> <name> value". A typed value outside the hard
// limits is refused with a toast and leaves `value` as it was. What can only be 0 or 1 is a switch (toggle) instead.
bool param_slider(std::string_view owner, const core::ParamSpec& spec, double& value,
                  std::optional<SliderZone> zone = {}, std::optional<SliderNotch> notch = {});
// A box with the label inside at the left and the number at the right; click to type. Takes any finite number.
bool number_field(std::string_view label, double& value, std::string_view tooltip);
// A number field for whole numbers from `least` to `most`, both at most 2^53 in size. What else is typed is refused
// with a toast: `refusal` filled with the label and both bounds.
bool whole_field(std::string_view label, std::int64_t& value, std::int64_t least, std::int64_t most,
                 std::string_view tooltip,
                 core::FillPattern<std::string_view, std::string, std::string> refusal =
                     "{} must be a whole number between {} and {}.");

void section_title(std::string_view text);
void separator();
// For the last item: comes after 0.6 s and goes after 5; not where something was pressed, until the pointer has left
// it.
void tooltip(std::string_view text);
// True while the pointer rests where a tooltip may come after a moment, and when the one in sight has to go.
[[nodiscard]] bool tooltip_due();
// 0 … 1 with a text inside, kProgressHeight high.
inline constexpr float kProgressHeight = 22;
void progress_bar(double fraction, std::string_view text);
// Label left in muted text, value right, tabular.
void readout(std::string_view label, std::string_view value);
// Wrapped text in small muted letters.
void note(std::string_view text);

}  // namespace descent::web::widgets
