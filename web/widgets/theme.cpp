// SPDX-License-Identifier: MIT
// Palettes, fonts and ImGui's style. ImGui measures a font by ascent − descent, which is 1.21 em for Inter: 18 there is
// the 15 px of a style sheet. Glyphs are rasterised at the device's pixel ratio, so that text is sharp at every scale.
#include "web/widgets/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "font_embedded.h"

namespace descent::web::widgets {
namespace {

constexpr ImU32 rgb(unsigned hex) {
  return IM_COL32((hex >> 16) & 0xFFu, (hex >> 8) & 0xFFu, hex & 0xFFu, 0xFFu);
}

constexpr Palette kDark{.background = rgb(0x0E1116),
                        .rail = rgb(0x151A21),
                        .raised = rgb(0x222934),
                        .separator = rgb(0x272E39),
                        .hover = rgb(0x2B3442),
                        .pressed = rgb(0x354053),
                        .text = rgb(0xE9EDF3),
                        .text_muted = rgb(0xAAB4C2),
                        .text_faint = rgb(0x8C98A8),
                        .accent = rgb(0x7CA3FF),
                        .accent_hover = rgb(0x97B6FF),
                        .on_accent = rgb(0x0B1326),
                        .danger = rgb(0xFF7B72),
                        .warning = rgb(0xF0B849),
                        .success = rgb(0x56C596),
                        .grid = rgb(0x1F2630)};

constexpr Palette kLight{.background = rgb(0xFFFFFF),
                         .rail = rgb(0xF6F7F9),
                         .raised = rgb(0xE9ECF1),
                         .separator = rgb(0xDEE2E8),
                         .hover = rgb(0xDEE3EA),
                         .pressed = rgb(0xCFD6E0),
                         .text = rgb(0x171C24),
                         .text_muted = rgb(0x4A5462),
                         .text_faint = rgb(0x5F6975),
                         .accent = rgb(0x2A5BD7),
                         .accent_hover = rgb(0x1F49B6),
                         .on_accent = rgb(0xFFFFFF),
                         .danger = rgb(0xB3261E),
                         .warning = rgb(0x8A5A00),
                         .success = rgb(0x18704A),
                         .grid = rgb(0xECEFF3)};

struct State {
  Theme theme = Theme::dark;
  float pixel_ratio = 0;
};
State g_state;

// Faces stand in the order of enum Font.
struct Face {
  float size;
  bool semibold;
};
constexpr std::array<Face, 4> kFaces{{{18, false}, {16, false}, {24, true}, {18, true}}};

void load_fonts(ImFontAtlas& atlas, float pixel_ratio) {
  static constexpr std::array<ImWchar, 7> kRanges{0x20, 0x7E, 0xA0, 0x3FF, 0x2000, 0x2BFF, 0};
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  for (const Face& face : kFaces) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    config.OversampleH = pixel_ratio < 1.5f ? 2 : 1;
    config.OversampleV = 1;
    config.RasterizerDensity = pixel_ratio;
    // The atlas only reads the bytes; its parameter is not const for the case that it owns them.
    const auto add = [&](const unsigned char* data, unsigned size) {
      atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(data), static_cast<int>(size), face.size, &config,
                                 kRanges.data());
    };
    if (face.semibold) {
      add(kFontSemiboldData, kFontSemiboldSize);
      config.MergeMode = true;  // the semibold has few letters, see font.py
    }
    add(kFontData, kFontSize);
  }
  atlas.Build();
}

ImVec4 vec(ImU32 color) {
  return ImGui::ColorConvertU32ToFloat4(color);
}

void set_colors(const Palette& p) {
  ImGuiStyle& style = ImGui::GetStyle();
  const auto set = [&style](ImGuiCol index, ImU32 color) { style.Colors[index] = vec(color); };
  set(ImGuiCol_Text, p.text);
  set(ImGuiCol_TextDisabled, p.text_faint);
  set(ImGuiCol_WindowBg, p.rail);
  set(ImGuiCol_ChildBg, with_alpha(p.rail, 0));
  set(ImGuiCol_PopupBg, p.rail);
  set(ImGuiCol_Border, p.separator);
  set(ImGuiCol_BorderShadow, with_alpha(p.rail, 0));
  set(ImGuiCol_FrameBg, p.raised);
  set(ImGuiCol_FrameBgHovered, p.hover);
  set(ImGuiCol_FrameBgActive, p.pressed);
  set(ImGuiCol_ScrollbarBg, with_alpha(p.rail, 0));
  set(ImGuiCol_ScrollbarGrab, p.pressed);
  set(ImGuiCol_ScrollbarGrabHovered, p.text_faint);
  set(ImGuiCol_ScrollbarGrabActive, p.text_muted);
  set(ImGuiCol_Header, p.raised);
  set(ImGuiCol_HeaderHovered, p.hover);
  set(ImGuiCol_HeaderActive, p.pressed);
  set(ImGuiCol_Button, p.raised);
  set(ImGuiCol_ButtonHovered, p.hover);
  set(ImGuiCol_ButtonActive, p.pressed);
  set(ImGuiCol_Separator, p.separator);
  set(ImGuiCol_CheckMark, p.accent);
  set(ImGuiCol_TableHeaderBg, p.rail);
  set(ImGuiCol_TableBorderLight, p.separator);
  set(ImGuiCol_TableBorderStrong, p.separator);
  set(ImGuiCol_TableRowBg, with_alpha(p.rail, 0));
  set(ImGuiCol_TableRowBgAlt, with_alpha(p.raised, 0.35f));
  set(ImGuiCol_TextSelectedBg, with_alpha(p.accent, 0.35f));
  set(ImGuiCol_NavHighlight, p.accent);
  set(ImGuiCol_ModalWindowDimBg, IM_COL32(0, 0, 0, 140));
}

void set_metrics() {
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = ImVec2(2 * kGrid, 1.5f * kGrid);
  style.FramePadding = ImVec2(10, 6);
  style.ItemSpacing = ImVec2(kGrid, kGrid);
  style.ItemInnerSpacing = ImVec2(6, 4);
  style.CellPadding = ImVec2(8, 3);
  style.ScrollbarSize = 10;
  style.WindowRounding = kCorner;  // tooltips; regions are children
  style.ChildRounding = kCorner;
  style.FrameRounding = kCorner;
  style.PopupRounding = kCorner;
  style.ScrollbarRounding = 5;
  style.GrabRounding = kCorner;
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.PopupBorderSize = 1;
  style.FrameBorderSize = 0;
  style.HoverStationaryDelay = 0.1f;
  style.HoverDelayShort = 0.15f;
  style.HoverDelayNormal = 0.6f;
  style.HoverFlagsForTooltipMouse =
      ImGuiHoveredFlags_DelayNormal | ImGuiHoveredFlags_NoSharedDelay | ImGuiHoveredFlags_AllowWhenDisabled;
  style.CurveTessellationTol = 1.0f;
}

}  // namespace

const Palette& palette() {
  return g_state.theme == Theme::dark ? kDark : kLight;
}
Theme current_theme() {
  return g_state.theme;
}

ImU32 with_alpha(ImU32 color, float factor) {
  const float alpha = static_cast<float>(color >> IM_COL32_A_SHIFT) * std::clamp(factor, 0.0f, 1.0f);
  return (color & ~IM_COL32_A_MASK) | (static_cast<ImU32>(alpha + 0.5f) << IM_COL32_A_SHIFT);
}

ImU32 mix(ImU32 a, ImU32 b, float t) {
  ImU32 result = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const auto low = static_cast<float>((a >> shift) & 0xFFu);
    const auto high = static_cast<float>((b >> shift) & 0xFFu);
    result |= static_cast<ImU32>(low + (high - low) * t + 0.5f) << shift;
  }
  return result;
}

void push_font(Font font) {
  const ImVector<ImFont*>& fonts = ImGui::GetIO().Fonts->Fonts;
  const int index = static_cast<int>(font);
  ImGui::PushFont(index < fonts.Size ? fonts[index] : nullptr);
}

void pop_font() {
  ImGui::PopFont();
}

bool apply_theme(Theme theme, float pixel_ratio) {
  g_state.theme = theme;
  set_metrics();
  set_colors(palette());
  if (std::fabs(pixel_ratio - g_state.pixel_ratio) < 1e-3f) return false;
  g_state.pixel_ratio = pixel_ratio;
  load_fonts(*ImGui::GetIO().Fonts, pixel_ratio);
  return true;
}

void make_fonts(ImFontAtlas& atlas, float pixel_ratio) {
  load_fonts(atlas, pixel_ratio);
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  atlas.GetTexDataAsRGBA32(&pixels, &width, &height);
}

void dress_context() {
  set_metrics();
  set_colors(palette());
}

}  // namespace descent::web::widgets
