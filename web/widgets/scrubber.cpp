// SPDX-License-Identifier: MIT
#include "web/widgets/scrubber.h"

#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web::widgets {
namespace {

constexpr float kKnob = 7;
constexpr float kTrack = 4;

// The line along which the knob's centre moves.
struct Track {
  float left, right, middle;
  double end;
  [[nodiscard]] float at(std::int64_t step) const {
    const double t = end > 0 ? std::clamp(static_cast<double>(step) / end, 0.0, 1.0) : 0.0;
    return left + static_cast<float>(t) * (right - left);
  }
  [[nodiscard]] std::int64_t step(float x) const {
    const double t = right > left ? static_cast<double>((x - left) / (right - left)) : 0.0;
    return static_cast<std::int64_t>(std::llround(std::clamp(t, 0.0, 1.0) * end));
  }
};

using Stops = std::span<const std::int64_t>;

// The next one before or after `position`; without one, `position`.
std::int64_t neighbour(Stops stops, std::int64_t position, bool after) {
  std::int64_t found = position;
  for (const std::int64_t stop : stops) {
    if (stop < position && !after) found = stop;
    if (stop > position && after) return stop;
  }
  return found;
}

std::int64_t nearest(Stops stops, std::int64_t step) {
  std::int64_t found = stops.empty() ? step : stops.front();
  for (const std::int64_t stop : stops)
    if (std::abs(stop - step) < std::abs(found - step)) found = stop;
  return found;
}

bool keys(const Item& item, std::int64_t& position, std::int64_t end, Stops stops) {
  if (!item.focused) return false;
  std::int64_t next = position;
  for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Home, ImGuiKey_End}) {
    ImGui::SetKeyOwner(key, item.id);
    if (!ImGui::IsKeyPressed(key, item.id, ImGuiInputFlags_Repeat)) continue;
    if (key == ImGuiKey_LeftArrow) next = stops.empty() ? position - 1 : neighbour(stops, position, false);
    if (key == ImGuiKey_RightArrow) next = stops.empty() ? position + 1 : neighbour(stops, position, true);
    if (key == ImGuiKey_Home) next = 0;
    if (key == ImGuiKey_End) next = end;
  }
  next = nearest(stops, std::clamp<std::int64_t>(next, 0, end));
  const bool changed = next != position;
  position = next;
  return changed;
}

bool drag(const Item& item, const Track& track, std::int64_t& position, Stops stops) {
  if (!item.held || ImGui::GetCurrentContext()->ActiveIdSource != ImGuiInputSource_Mouse) return false;
  const std::int64_t next = nearest(stops, track.step(ImGui::GetIO().MousePos.x));
  const bool changed = next != position;
  position = next;
  return changed;
}

void draw(const Item& item, const Track& track, std::int64_t position, std::span<const ScrubMark> marks) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto bar = [&](float from, float to, ImU32 color) {
    const float half = kTrack / 2;
    list->AddRectFilled(ImVec2(from - half, track.middle - half), ImVec2(to + half, track.middle + half), color, half);
  };
  bar(track.left, track.right, p.pressed);
  if (track.end <= 0) return;
  const float knob = track.at(position);
  bar(track.left, knob, p.accent);
  for (const ScrubMark& mark : marks) {
    const float x = std::floor(track.at(mark.at)) + 0.5F;
    list->AddLine(ImVec2(x, track.middle - 7), ImVec2(x, track.middle + 7), mark.color, 1.6F);
  }
  const bool lively = item.hovered || item.held;
  if (lively) list->AddCircleFilled(ImVec2(knob, track.middle), kKnob + 4, with_alpha(p.accent, 0.22F), 24);
  list->AddCircleFilled(ImVec2(knob, track.middle), kKnob, lively ? p.accent_hover : p.accent, 24);
  list->AddCircleFilled(ImVec2(knob, track.middle), 2.5F, p.on_accent, 12);
  draw_focus_ring(item);
}

}  // namespace

bool scrubber(std::string_view label, std::int64_t& position, std::int64_t end, std::span<const ScrubMark> marks,
              std::string_view help, Stops stops) {
  const float width = item_width(ImGui::GetContentRegionAvail().x);
  ImGui::BeginDisabled(end <= 0);
  const Item item = submit_item(label, ImVec2(width, control_height()), "slider", static_cast<double>(position), {}, 0);
  bool changed = false;
  if (item.visible) {
    const Track track{item.box.Min.x + kKnob, item.box.Max.x - kKnob, std::floor(item.box.GetCenter().y),
                      static_cast<double>(std::max<std::int64_t>(end, 0))};
    if (end > 0) changed = drag(item, track, position, stops) || keys(item, position, end, stops);
    draw(item, track, position, marks);
  }
  ImGui::EndDisabled();
  tooltip(help);
  return changed;
}

}  // namespace descent::web::widgets
