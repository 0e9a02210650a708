// SPDX-License-Identifier: MIT
// The look: 8 px grid, 6 px corners, Inter 15 px with tabular figures, one accent, dark and light. Colours of runners
// are Okabe & Ito's colour-blind-safe set ("Color Universal Design", 2008), each with a marker shape.
// Text colours have a contrast of at least 4.5 : 1 (WCAG 2.1, 1.4.3) on background, rail and raised.
#pragma once

#include <imgui.h>

#include "web/state/runner_marker.h"
#include "web/state/theme.h"

namespace descent::web::widgets {

struct Palette {
  ImU32 background, rail, raised, separator;  // from back to front
  ImU32 hover, pressed;                       // of raised controls
  ImU32 text, text_muted, text_faint;
  ImU32 accent, accent_hover, on_accent;
  ImU32 danger, warning, success;
  ImU32 grid;  // lines of plots
};
[[nodiscard]] const Palette& palette();  // of the current theme
[[nodiscard]] Theme current_theme();

// `color` with its opacity multiplied by `factor`.
[[nodiscard]] ImU32 with_alpha(ImU32 color, float factor);
// a at t = 0, b at t = 1.
[[nodiscard]] ImU32 mix(ImU32 a, ImU32 b, float t);

enum class Font { body, small, heading, strong };  // 15, 13, 20, 15 semibold
void push_font(Font font);
void pop_font();

// Loads the fonts for this pixel ratio and sets ImGui's style; called when theme or pixel ratio changes. Returns true
// when the font atlas was rebuilt and its texture has to be made anew.
bool apply_theme(Theme theme, float pixel_ratio);

// The fonts for a pixel ratio with the pixels of their texture. Touches nothing but the atlas: any thread may do it.
void make_fonts(ImFontAtlas& atlas, float pixel_ratio);
// The same style for another of Dear ImGui's contexts, the current one, which has fonts already.
void dress_context();

inline constexpr float kGrid = 8;
inline constexpr float kCorner = 6;

[[nodiscard]] ImU32 runner_color(int slot);
using web::Marker;
using web::runner_marker;
void draw_marker(ImDrawList* list, Marker marker, ImVec2 center, float radius, ImU32 fill, ImU32 outline);

}  // namespace descent::web::widgets
