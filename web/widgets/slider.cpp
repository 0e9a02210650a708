// SPDX-License-Identifier: MIT
// param_slider and number_field, and what takes hold of a slider: mouse, finger or keys.
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/model/plots/slider_range.h"
#include "web/model/plots/slider_scale.h"
#include "web/model/words/number_format.h"
#include "web/state/redraw.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/number_edit.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

constexpr float kKnob = 7;
constexpr float kTrack = 4;
constexpr float kValueWidth = 92;
constexpr float kTouchSlop = 8;     // a finger that moves less, or across, does not mean the slider
constexpr float kTouchRest = 0.25;  // seconds; one that rests on it does

// The places where the knob's centre may be.
struct Span {
  float left, right, middle;
  [[nodiscard]] float at(double t) const { return left + static_cast<float>(t) * (right - left); }
  [[nodiscard]] double position(float x) const {
    return right > left ? static_cast<double>((x - left) / (right - left)) : 0;
  }
};

void draw_zone(ImDrawList* list, const Span& span, float from) {
  const ImU32 tint = with_alpha(palette().danger, 0.30f);
  const float top = span.middle - 5, bottom = span.middle + 5, right = span.right + kKnob;
  list->AddRectFilled(ImVec2(from, top), ImVec2(right, bottom), tint, 3);
  list->PushClipRect(ImVec2(from, top), ImVec2(right, bottom), true);
  const ImU32 stripe = with_alpha(palette().danger, 0.55f);
  for (float x = from - 8; x < right; x += 6) list->AddLine(ImVec2(x, bottom), ImVec2(x + 10, top), stripe, 1.2f);
  list->PopClipRect();
  list->AddLine(ImVec2(from, top - 2), ImVec2(from, bottom + 2), palette().danger, 2);
}

void draw_track(const Item& item, const Span& span, double t, std::optional<double> zone_start) {
  const Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = kTrack / 2, knob = span.at(t);
  list->AddRectFilled(ImVec2(span.left - half, span.middle - half), ImVec2(span.right + half, span.middle + half),
                      p.pressed, half);
  if (zone_start) draw_zone(list, span, span.at(*zone_start));
  list->AddRectFilled(ImVec2(span.left - half, span.middle - half), ImVec2(knob, span.middle + half), p.accent, half);
  const bool lively = item.hovered || item.held;
  if (lively) list->AddCircleFilled(ImVec2(knob, span.middle), kKnob + 4, with_alpha(p.accent, 0.22f), 24);
  list->AddCircleFilled(ImVec2(knob, span.middle), kKnob, lively ? p.accent_hover : p.accent, 24);
  list->AddCircleFilled(ImVec2(knob, span.middle), 2.5f, p.on_accent, 12);
  draw_focus_ring(item);
}

// The notch stands above the track's line, so that neither knob nor zone hides it. The cursor stays where it is.
void draw_notch(const Item& item, const Span& span, const SliderScale& scale, std::string_view label, double value) {
  const double t = scale.position(value);
  if (!(value >= scale.low && value <= scale.high && t >= 0 && t <= 1)) return;
  const float x = span.at(t), top = span.middle - kKnob - 4;
  ImGui::GetWindowDrawList()->AddTriangleFilled(ImVec2(x - 3.5F, top), ImVec2(x + 3.5F, top), ImVec2(x, top + 5),
                                                palette().text);
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(ImVec2(x - 3, item.box.Min.y));
  ImGui::Dummy(ImVec2(6, 6));
  annotate_item(std::string(label) + " best", "mark", value);
  ImGui::SetCursorScreenPos(cursor);
}

// The left and right arrow move a focused slider by a hundredth of the track, or by one.
bool arrow_keys(const Item& item, const SliderScale& scale, double& value) {
  if (!item.focused) return false;
  int direction = 0;
  for (const ImGuiKey key : {ImGuiKey_LeftArrow, ImGuiKey_RightArrow}) {
    ImGui::SetKeyOwner(key, item.id);
    if (ImGui::IsKeyPressed(key, item.id, ImGuiInputFlags_Repeat)) direction = key == ImGuiKey_LeftArrow ? -1 : 1;
  }
  if (direction == 0) return false;
  const double before = value;
  const double position = scale.position(value);
  if (direction > 0 ? position < scale.zero : position <= scale.zero && scale.zero > 0) {
    value = direction > 0 ? scale.low : 0;
    return value != before;
  }
  value = scale.integer && !scale.log ? std::clamp(value + direction, scale.low, scale.high)
                                      : scale.value(position + 0.01 * direction);
  if (scale.integer && value == before) value = std::clamp(value + direction, scale.low, scale.high);
  return value != before;
}

// A finger that flicks a list up may begin on a slider of it: it takes hold of the knob by going sideways, more than up
// or down, or by resting, and not before it is seen to do one of them.
bool takes_hold(const Item& item) {
  static ImGuiID g_holds = 0;
  const ImGuiIO& io = ImGui::GetIO();
  if (!item.held) {
    if (g_holds == item.id) g_holds = 0;
    return false;
  }
  if (io.MouseSource != ImGuiMouseSource_TouchScreen || g_holds == item.id) return true;
  const float across = std::fabs(io.MousePos.x - io.MouseClickedPos[0].x);
  const float along = std::fabs(io.MousePos.y - io.MouseClickedPos[0].y);
  const bool rests = std::max(across, along) <= kTouchSlop && ImGui::GetCurrentContext()->ActiveIdTimer >= kTouchRest;
  if ((across > kTouchSlop && across > along) || rests) g_holds = item.id;
  request_redraw();  // a finger that rests makes no frames
  return g_holds == item.id;
}

// How far from the knob's middle it was taken hold of: it then moves along with the pointer, and a press alone moves
// nothing. None where the press was beside the knob, which comes to the pointer.
std::optional<float> grip_of(const Item& item, float knob) {
  static ImGuiID g_owner = 0;
  static std::optional<float> g_grip;
  if (g_owner != item.id || ImGui::GetCurrentContext()->ActiveIdIsJustActivated) {
    const float off = ImGui::GetIO().MouseClickedPos[0].x - knob;
    g_owner = item.id;
    g_grip = std::fabs(off) <= kKnob + 1 ? std::optional(off) : std::nullopt;
  }
  return g_grip;
}

bool drag(const Item& item, const Span& span, const SliderScale& scale, double& value) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool touch = io.MouseSource == ImGuiMouseSource_TouchScreen;
  const bool still = io.MouseDragMaxDistanceSqr[0] <= kTouchSlop * kTouchSlop;
  const bool tapped = item.pressed && item.hovered && !item.focused && still;
  if (!takes_hold(item) && !(touch && tapped)) return false;
  if (ImGui::GetActiveID() == item.id && ImGui::GetCurrentContext()->ActiveIdSource != ImGuiInputSource_Mouse)
    return false;
  const std::optional<float> grip = grip_of(item, span.at(scale.position(value)));
  if (grip && (touch ? still : io.MouseDragMaxDistanceSqr[0] == 0)) return false;
  const double next = scale.value(span.position(io.MousePos.x - grip.value_or(0)));
  if (next == value) return false;
  value = next;
  return true;
}

// The range's number stays the same as long as the knob is held.
int kept_range(const Item& item, double value) {
  int* range = ImGui::GetStateStorage()->GetIntRef(item.id, following_range(value));
  if (!item.held) *range = following_range(value);
  return *range;
}

// The value at the right of the first row; true when another one was typed.
bool value_field(std::string_view owner, const core::ParamSpec& spec, const std::string& label, double& value,
                 bool alarm) {
  const NumberItem number = submit_number(label + " value", ImVec2(kValueWidth, 24), value);
  const Palette& p = palette();
  if (!number.editing && number.item.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (number.item.hovered) list->AddRectFilled(number.item.box.Min, number.item.box.Max, p.raised, 4);
    const std::string text = display_number(value);
    const float middle = number.item.box.GetCenter().y;
    draw_text(list, ImVec2(number.item.box.Max.x - text_width(text) - 4, middle), number.item.box.Max.x,
              alarm ? p.danger : p.text, text);
    draw_focus_ring(number.item);
  }
  tooltip("Click to type a value.");
  if (!number.typed) return false;
  const core::Status status = core::check_param(owner, spec, *number.typed);
  if (!status) {
    toast(status.message(), true);
    return false;
  }
  const bool changed = *number.typed != value;
  value = *number.typed;
  return changed;
}

void zone_caption(const SliderZone& zone, bool alarm) {
  push_font(Font::small);
  const Palette& p = palette();
  const float width = ImGui::GetContentRegionAvail().x;
  std::string text = core::fill("unstable above {}", zone.caption);
  if (text_width(text) > width) text = core::fill("unstable > {}", zone.caption);
  if (text_width(text) > width) text = core::fill("unstable above {}", zone.brief);
  if (!zone.note.empty()) text = zone.note;
  ImGui::Dummy(ImVec2(text_width(text), ImGui::GetTextLineHeight()));
  if (zone.note.empty()) {
    annotate_item("stability bound", "text", zone.unstable_above, text);
    tooltip(zone.help);
  }
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  draw_text(ImGui::GetWindowDrawList(), ImVec2(low.x, (low.y + high.y) / 2), high.x, alarm ? p.danger : p.text_faint,
            text);
  pop_font();
}

bool is_switch(const core::ParamSpec& spec) {
  return spec.kind == core::ParamKind::integer && spec.minimum == 0 && spec.maximum == 1;
}

}  // namespace

bool param_slider(std::string_view owner, const core::ParamSpec& spec, double& value, std::optional<SliderZone> zone,
                  std::optional<SliderNotch> notch) {
  const std::string name = display_name(spec.name);
  const std::string label = owner.empty() ? name : display_name(owner) + " " + name;
  if (is_switch(spec)) {
    bool on = value != 0;
    const bool changed = toggle(label, on, spec.doc, name);
    value = on ? 1 : 0;
    return changed;
  }
  const float width = item_width(ImGui::GetContentRegionAvail().x);
  const bool bounded = zone && std::isfinite(zone->unstable_above);
  const bool alarm = bounded && value > zone->unstable_above;
  const Palette& p = palette();

  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + 12), at.x + width - kValueWidth, p.text_muted, name);
  ImGui::SetCursorScreenPos(ImVec2(at.x + width - kValueWidth, at.y));
  bool changed = value_field(owner, spec, label, value, alarm);
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + 24));
  const float height = touch_metrics() ? 30.0f : 20.0f;
  const Item item = submit_item(label, ImVec2(width, height), "slider", value);
  tooltip(notch ? core::fill("{} {}", spec.doc, notch->help) : std::string(spec.doc));
  const SliderScale scale(spec.slider_follows ? with_range(spec, kept_range(item, value)) : spec);
  const Span span{item.box.Min.x + kKnob, item.box.Max.x - kKnob, ImFloor(item.box.GetCenter().y)};
  if (item.visible) {
    if (item.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) edit_number(label + " value");
    changed |= drag(item, span, scale, value);
    changed |= arrow_keys(item, scale, value);
    std::optional<double> start;
    if (bounded && zone->unstable_above < scale.high) start = scale.position(zone->unstable_above);
    draw_track(item, span, scale.position(value), start);
    if (notch) draw_notch(item, span, scale, label, notch->value);
  }
  if (zone) zone_caption(*zone, alarm);
  ImGui::PopStyleVar();
  ImGui::EndGroup();
  return changed;
}

bool number_field(std::string_view label, double& value, std::string_view help) {
  const float width = item_width(ImGui::GetContentRegionAvail().x);
  const NumberItem number = submit_number(std::string(label), ImVec2(width, control_height()), value);
  tooltip(help);
  if (!number.editing && number.item.visible) {
    const Palette& p = palette();
    const ImRect& box = number.item.box;
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(box.Min, box.Max, number.item.hovered ? p.hover : p.raised, kCorner);
    const std::string_view name = label.substr(0, label.find("##"));
    const float room = box.GetWidth() - 24 - text_width(name);
    std::string text = display_number(value, 6);
    for (int digits = 5; digits >= 3 && text_width(text) > room; --digits) text = display_number(value, digits);
    const float middle = box.GetCenter().y;
    const float start = std::max(box.Max.x - 10 - text_width(text), box.Min.x + 10);
    draw_text(list, ImVec2(box.Min.x + 10, middle), start - 4, p.text_muted, name);
    draw_text(list, ImVec2(start, middle), box.Max.x - 4, p.text, text);
    draw_focus_ring(number.item);
  }
  if (!number.typed || *number.typed == value) return false;
  value = *number.typed;
  return true;
}

bool whole_field(std::string_view label, std::int64_t& value, std::int64_t least, std::int64_t most,
                 std::string_view help, core::FillPattern<std::string_view, std::string, std::string> refusal) {
  auto typed = static_cast<double>(value);
  if (!number_field(label, typed, help)) return false;
  if (typed != std::floor(typed) || typed < static_cast<double>(least) || typed > static_cast<double>(most)) {
    toast(core::fill(refusal, label, core::grouped(least), core::grouped(most)), true);
    return false;
  }
  value = static_cast<std::int64_t>(typed);
  return true;
}

}  // namespace descent::web::widgets
