// SPDX-License-Identifier: MIT
// Controls shared by all panels. Each takes a visible label, shows a tooltip of one or two sentences, and reports itself
// to ui_items (label, role, value), so scripts and tests find it by what a person reads. Icons are drawn, not glyphs.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "engine/core/param_spec.h"

struct ImVec2;

namespace descent::web::widgets {

enum class Icon { none, play, pause, step, back, reset, plus, close, download, upload, share, help, sun, moon, menu, cube, contour, fit, dice, eraser, chevron };

// `label` is what ui_items reports; shown as text too unless icon_only.
bool button(std::string_view label, Icon icon, std::string_view tooltip, bool enabled = true, bool primary = false);
bool icon_button(std::string_view label, Icon icon, std::string_view tooltip, bool enabled = true);
bool toggle(std::string_view label, bool& value, std::string_view tooltip);
// Tabs or segments in a row; returns true when `selected` changed.
bool segments(std::string_view id, std::span<const std::string_view> labels, int& selected, std::span<const std::string_view> tooltips);
// A drop-down; entries by index.
bool combo(std::string_view label, int& selected, std::span<const std::string_view> entries, std::string_view tooltip);

// A red zone on a slider from `unstable_above` to its right end.
struct SliderZone {
  double unstable_above = 0;
  std::string_view caption;  // "2 / λmax = 0.00150"
};
// A slider with a number field (click or double-click to type), linear or logarithmic as the spec says, its doc as
// tooltip. Values typed outside the hard limits are refused with a toast by the caller (returns false).
bool param_slider(std::string_view owner, const core::ParamSpec& spec, double& value, std::optional<SliderZone> zone = {});
bool number_field(std::string_view label, double& value, std::string_view tooltip);

void section_title(std::string_view text);
void separator();
void tooltip(std::string_view text);  // for the last item
// 0 … 1 with a text inside.
void progress_bar(double fraction, std::string_view text);
// Label left in muted text, value right, tabular.
void readout(std::string_view label, std::string_view value);

}  // namespace descent::web::widgets
