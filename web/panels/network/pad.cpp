// SPDX-License-Identifier: MIT
#include "web/panels/network/pad.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/data/stroke_digit.h"
#include "web/model/network/pad_strokes.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr int kSide = data::kDigitSize;
constexpr float kPen = 0.09f;   // width of the usual stroke, as a share of the pad's side
constexpr float kSharp = 0.7f;  // cosine of a turn from which a stroke has a corner

struct Brush {
  float width;  // data::PenStroke::width
  std::string_view name;
};
constexpr std::array<Brush, 3> kBrushes{{{0.6f, "thin"}, {1, "medium"}, {1.6f, "thick"}}};

// The strokes become the digit, in as many greys as MNIST's have.
void take_strokes(UiState& ui) {
  const auto digit = data::stroke_digit(ui.pad.strokes);
  if (!digit.ok()) return;
  ui.pad.digit = data::to_bytes(*digit);
  ui.lens.digit = {.test_index = ui.lens.digit.test_index, .image = ui.pad.digit, .label = ui.lens.digit.label};
}

// The strokes on the pad are those of the digit that is looked at.
bool shows_strokes(const UiState& ui) {
  return ui.pad.version > 0 && ui.lens.digit.own() && ui.lens.digit.image == ui.pad.digit;
}

void* digit_image(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  return seen.image.size() == kSide * kSide
             ? context.render.image("digit", seen.version, kSide, kSide, seen.image, 0, 1, Colormap::gray)
             : nullptr;
}

// Round at both ends. What has a corner is drawn as two lines: mitred, it would end in a spike.
void draw_stroke(ImDrawList* list, std::span<const ImVec2> points, float width) {
  list->AddCircleFilled(points.front(), width / 2, IM_COL32_WHITE);
  list->PathClear();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ImVec2 p = points[i];
    list->PathLineTo(p);
    const bool last = i + 1 == points.size();
    if (i == 0) continue;
    const ImVec2 before(p.x - points[i - 1].x, p.y - points[i - 1].y);
    const ImVec2 after = last ? before : ImVec2(points[i + 1].x - p.x, points[i + 1].y - p.y);
    const float lengths = std::hypot(before.x, before.y) * std::hypot(after.x, after.y);
    if (!last && before.x * after.x + before.y * after.y > kSharp * lengths) continue;
    list->PathStroke(IM_COL32_WHITE, ImDrawFlags_None, width);
    list->AddCircleFilled(p, width / 2, IM_COL32_WHITE);
    list->PathLineTo(p);
  }
  list->PathClear();
}

void draw_strokes(const DrawPad& pad, ImVec2 origin, float side) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(origin, ImVec2(origin.x + side, origin.y + side), true);
  std::vector<ImVec2> points;
  for (const data::PenStroke& stroke : pad.strokes) {
    points.clear();
    for (const data::PenPoint& p : stroke.points)
      points.emplace_back(origin.x + p.x * side / kPadSide, origin.y + p.y * side / kPadSide);
    draw_stroke(list, points, kPen * stroke.width * side);
  }
  list->PopClipRect();
}

// The pointer was pressed where there is nothing, and is still down: from there the pen may come onto the pad.
bool pressed_on_nothing() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.ActiveIdWindow != nullptr && context.ActiveId == context.ActiveIdWindow->MoveId &&
         ImGui::IsMouseDown(ImGuiMouseButton_Left) && widgets::in_front(*context.CurrentWindow, context.IO.MousePos);
}

// Drawing goes on while the button or finger is down, also when it leaves the square and comes back.
void follow_pen(PanelContext& context, ImVec2 origin, float side) {
  if (!ImGui::IsItemActive() && !pressed_on_nothing()) return;
  const ImGuiIO& io = ImGui::GetIO();
  const bool begins = ImGui::IsItemActivated();
  if (!begins && io.MouseDelta.x == 0 && io.MouseDelta.y == 0) return;
  const float scale = kPadSide / side;
  const auto to_pad = [&](ImVec2 p) { return data::PenPoint{(p.x - origin.x) * scale, (p.y - origin.y) * scale}; };
  const ImVec2 previous =
      begins ? io.MousePos : ImVec2(io.MousePos.x - io.MouseDelta.x, io.MousePos.y - io.MouseDelta.y);
  UiState& ui = context.ui;
  DrawPad fresh;
  fresh.version = ui.pad.version;  // the picture is known by it
  const bool anew = !shows_strokes(ui);
  if (!move_pen(anew ? fresh : ui.pad, to_pad(previous), to_pad(io.MousePos), ui.brush, begins)) return;
  if (anew) ui.pad = std::move(fresh);
  take_strokes(ui);
}

}  // namespace

void clear_pad(DrawPad& pad) {
  pad = {};
}

void draw_pad(PanelContext& context, float side) {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const ImVec2 end(origin.x + side, origin.y + side);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(origin, end, IM_COL32(0, 0, 0, 255));
  if (shows_strokes(context.ui))
    draw_strokes(context.ui.pad, origin, side);
  else if (void* image = digit_image(context); image != nullptr)
    list->AddImage(image, origin, end);
  ImGui::InvisibleButton("Draw here", ImVec2(side, side));
  annotate_item("Draw here", "canvas");
  // Who draws asks no question, neither with a finger that rests before it moves nor with a mouse between two strokes.
  if (!ImGui::IsItemActive() && !shows_strokes(context.ui))
    widgets::tooltip(
        "The digit that all lenses look at. Draw another one here, with the mouse or a finger, or drop or paste a "
        "picture of one.");
  list->AddRect(origin, end, ImGui::IsItemHovered() ? widgets::palette().accent : widgets::palette().separator);
  follow_pen(context, origin, side);
}

void draw_pen_buttons(PanelContext& context) {
  UiState& ui = context.ui;
  std::size_t brush = 0;
  while (brush + 1 < kBrushes.size() && ui.brush > kBrushes[brush].width) ++brush;
  if (widgets::icon_button("Brush", widgets::Icon::none,
                           "How thick the next strokes are: thin, medium or thick. The network sees them so, however "
                           "large the drawing is."))
    ui.brush = kBrushes[(brush + 1) % kBrushes.size()].width;
  annotate_item("Brush", "button", static_cast<double>(ui.brush), kBrushes[brush].name);
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddCircleFilled(ImVec2((low.x + high.x) / 2, (low.y + high.y) / 2),
                                              5 * kBrushes[brush].width, widgets::palette().text);
  if (widgets::icon_button("Undo stroke", widgets::Icon::undo, "Take the last stroke back. Key: Ctrl+Z.",
                           ui.history.undo == "Stroke"))
    ui.history.wish = -1;
}

void draw_seen(PanelContext& context) {
  ImGui::BeginGroup();
  const ImVec2 low = ImGui::GetCursorScreenPos(), high(low.x + kSeenSide, low.y + kSeenSide);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(low, high, IM_COL32(0, 0, 0, 255));
  if (void* image = digit_image(context); image != nullptr) list->AddImage(image, low, high);
  list->AddRect(low, high, widgets::palette().separator);
  ImGui::Dummy(ImVec2(kSeenSide, kSeenSide));
  annotate_item("seen digit", "image");
  ImGui::SetCursorScreenPos(ImVec2(low.x, high.y + 2));
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::palette().text_muted);
  const std::string caption = widgets::wrap_words("what the network sees, 28×28", kSeenSide);
  ImGui::TextUnformatted(caption.c_str());
  ImGui::PopStyleColor();
  widgets::pop_font();
  ImGui::EndGroup();
}

bool draw_digit_button(PanelContext& context, float side, bool open) {
  const widgets::Item item = widgets::submit_item("Digit", ImVec2(side, side), "button");
  if (!item.visible) return item.pressed;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(item.box.Min, item.box.Max, IM_COL32(0, 0, 0, 255));
  if (void* image = digit_image(context); image != nullptr) list->AddImage(image, item.box.Min, item.box.Max);
  list->AddRect(item.box.Min, item.box.Max, item.hovered ? widgets::palette().accent : widgets::palette().separator);
  const std::string_view word = open ? "Close" : "Draw";
  widgets::push_font(widgets::Font::small);
  const float strip = ImGui::GetFontSize() + 4;
  list->AddRectFilled(ImVec2(item.box.Min.x, item.box.Max.y - strip), item.box.Max, IM_COL32(0, 0, 0, 190));
  const float left = (side - widgets::text_width(word)) / 2;
  widgets::draw_text(list, ImVec2(item.box.Min.x + left, item.box.Max.y - strip / 2), item.box.Max.x, IM_COL32_WHITE,
                     word);
  widgets::pop_font();
  widgets::draw_focus_ring(item);
  widgets::tooltip("Open the pad, to draw a digit of your own or to take a picture of one; once more closes it.");
  return item.pressed;
}

}  // namespace descent::web
