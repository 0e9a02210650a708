// SPDX-License-Identifier: MIT
// Tooltips: they come after a moment, never where something was pressed until the pointer has left it, beside what they
// explain and not over what lies next to it, and go by themselves.
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/parallel/clock.h"
#include "web/model/geometry/tip_place.h"
#include "web/state/redraw.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

constexpr float kPadX = 12, kPadY = 8;
constexpr float kWidth = 300;
constexpr double kShown = 5;                   // seconds
constexpr float kLongPress = 0.5f;             // seconds
constexpr float kStillness = 8;                // points
constexpr float kWidest = 240, kHighest = 64;  // of controls; on what is larger the tooltip is of a place in it
constexpr float kPlace = 12;                   // points round the pointer that are that place

ImGuiID g_explained = 0;  // the item a resting finger is on

// Where something was pressed the pointer is quiet: who uses it needs no explanation, whatever stands there afterwards.
struct Quiet {
  int frame = -1;
  bool on = false;
  Rect box;
};
Quiet g_quiet;

// The tooltip that is shown, or was and has gone while the pointer rests.
struct Shown {
  int frame = -2;  // the last one in which it was asked for
  ImGuiID item = 0;
  std::size_t text = 0;  // hash
  double since = 0;
  bool gone = false;
  ImVec2 size;
  std::optional<Rect> place;
};
Shown g_shown;

bool contains(const Rect& rect, ImVec2 p) {
  return p.x >= rect.x && p.x < rect.x + rect.width && p.y >= rect.y && p.y < rect.y + rect.height;
}

Rect round_pointer(ImVec2 p) {
  return {p.x - kPlace, p.y - kPlace, 2 * kPlace, 2 * kPlace};
}

bool small(float width, float height) {
  return width <= kWidest && height <= kHighest;
}

// The smallest thing on the screen under the pointer, as it was in the last frame; in large ones the place.
Rect box_under(ImVec2 pointer) {
  Rect found = round_pointer(pointer);
  float least = kWidest * kHighest;
  for (const UiItem& item : ui_items()) {
    const Rect box{item.x, item.y, item.width, item.height};
    if (!contains(box, pointer) || item.label == "tooltip" || !small(item.width, item.height) ||
        item.width * item.height > least)
      continue;
    least = item.width * item.height;
    found = box;
  }
  return found;
}

// Once a frame.
void follow_pointer() {
  const ImGuiIO& io = ImGui::GetIO();
  if (g_quiet.frame == ImGui::GetFrameCount()) return;
  g_quiet.frame = ImGui::GetFrameCount();
  bool pressed = false;
  for (int i = 0; i < ImGuiMouseButton_COUNT; ++i) pressed = pressed || io.MouseDown[i] || io.MouseReleased[i];
  if (pressed) g_quiet.box = box_under(io.MousePos);
  g_quiet.on = pressed || (g_quiet.on && contains(g_quiet.box, io.MousePos));
}

// A finger resting on the last item asks what it is for, and no longer means to press it.
bool long_pressed() {
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.MouseDown[0]) g_explained = 0;
  const bool still = io.MouseDownDuration[0] > kLongPress && io.MouseDragMaxDistanceSqr[0] < kStillness * kStillness;
  const bool disabled = (ImGui::GetItemFlags() & ImGuiItemFlags_Disabled) != 0;
  const bool touched = ImGui::IsItemActive() ||
                       (disabled && io.MouseDown[0] && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled));
  if (ImGui::GetItemID() != 0 && touched && still) {
    g_explained = ImGui::GetItemID();
    ImGui::ClearActiveID();
  }
  return g_explained != 0 && g_explained == ImGui::GetItemID();
}

bool hovered_idly() {
  return !g_quiet.on && ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip);
}

// A tooltip leaves free all that can be pressed, but for what holds the place it explains.
std::vector<Rect> what_can_be_used(const Rect& own) {
  constexpr std::array<std::string_view, 8> kRoles{"button", "tab",    "checkbox", "combo",
                                                   "field",  "slider", "option",   "canvas"};
  const ImVec2 middle(own.x + own.width / 2, own.y + own.height / 2);
  std::vector<Rect> taken;
  for (const UiItem& item : ui_items()) {
    const Rect box{item.x, item.y, item.width, item.height};
    if (std::find(kRoles.begin(), kRoles.end(), item.role) != kRoles.end() && !contains(box, middle))
      taken.push_back(box);
  }
  return taken;
}

// True while the tooltip of the last item may be shown; sets g_shown.
bool keep_shown(std::string_view text, ImVec2 size) {
  const int frame = ImGui::GetFrameCount();
  const ImRect rect = ImGui::GetCurrentContext()->LastItemData.Rect;
  const ImGuiID id = ImGui::GetItemID() != 0 ? ImGui::GetItemID() : ImGui::GetCurrentWindow()->GetIDFromRectangle(rect);
  const std::size_t hash = std::hash<std::string_view>{}(text);
  const ImGuiIO& io = ImGui::GetIO();
  const bool same = frame - g_shown.frame <= 1 && g_shown.item == id;
  const bool elsewhere = g_shown.text != hash && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0);
  const double now = parallel::seconds_now();
  if (!same || elsewhere) {
    g_shown.since = now;
    g_shown.gone = false;
    request_redraw(0.1);  // a window that sizes itself shows from its second frame on
  }
  if (!same || elsewhere || g_shown.size.x < size.x || g_shown.size.y < size.y) {
    const bool control = small(rect.GetWidth(), rect.GetHeight());
    const Rect own =
        control ? Rect{rect.Min.x, rect.Min.y, rect.GetWidth(), rect.GetHeight()} : round_pointer(io.MousePos);
    g_shown.size = size;
    g_shown.place = place_tip(own, size.x, size.y, io.DisplaySize.x, io.DisplaySize.y, what_can_be_used(own));
  }
  g_shown.frame = frame;
  g_shown.item = id;
  g_shown.text = hash;
  g_shown.gone = g_shown.gone || now - g_shown.since >= kShown;
  return !g_shown.gone;
}

bool in_sight() {
  return !g_shown.gone && g_shown.frame == ImGui::GetFrameCount();
}

}  // namespace

void tooltip(std::string_view text) {
  follow_pointer();
  const bool touch = ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
  if (text.empty() || !(touch ? long_pressed() : hovered_idly())) return;
  push_font(Font::small);
  const std::string lines = wrap_words(text, kWidth - kPadX);
  const ImVec2 inner = ImGui::CalcTextSize(lines.data(), lines.data() + lines.size(), false, kWidth);
  pop_font();
  if (!keep_shown(text, ImVec2(inner.x + 2 * kPadX, inner.y + 2 * kPadY))) return;
  if (g_shown.place) ImGui::SetNextWindowPos(ImVec2(g_shown.place->x, g_shown.place->y));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(kPadX, kPadY));
  if (ImGui::BeginTooltip()) {
    push_font(Font::small);
    ImGui::PushTextWrapPos(kWidth);  // for words that are too long
    ImGui::TextUnformatted(lines.data(), lines.data() + lines.size());
    annotate_item("tooltip", "text", {}, text);
    ImGui::PopTextWrapPos();
    pop_font();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

bool tooltip_due() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const bool comes = context.HoverItemDelayId != 0 && context.HoverItemDelayTimer < context.Style.HoverDelayNormal;
  return comes || (in_sight() && parallel::seconds_now() - g_shown.since >= kShown);
}

}  // namespace descent::web::widgets
