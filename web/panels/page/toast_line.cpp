// SPDX-License-Identifier: MIT
// Errors have a mark and a coloured edge besides their colour, so that colour alone does not carry the meaning.
#include "web/panels/page/toast_line.h"

#include <imgui.h>

#include <algorithm>

#include "web/bridge/bridge.h"
#include "web/state/redraw.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kMaxWidth = 420;
constexpr float kMargin = 16, kPadY = 5;
constexpr float kMark = 20, kMarkGap = 10;
constexpr float kPadding = 2 * 12 + widgets::kGrid;  // of its button, with the gap

// A way through the history, what the page offers, or nothing.
std::string_view button_name(const UiState& ui) {
  if (ui.toast_step != 0) return ui.toast_step < 0 ? "Undo" : "Redo";
  return taken_toast().action;
}

// An exclamation mark in a disc, beside the text.
void draw_mark() {
  const widgets::Palette& p = widgets::palette();
  ImGui::Dummy(ImVec2(kMark, widgets::control_height()));
  const ImVec2 center((ImGui::GetItemRectMin().x + ImGui::GetItemRectMax().x) / 2,
                      (ImGui::GetItemRectMin().y + ImGui::GetItemRectMax().y) / 2);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddCircleFilled(center, kMark / 2, p.danger, 24);
  widgets::push_font(widgets::Font::strong);
  widgets::draw_text(list, ImVec2(center.x - widgets::text_width("!") / 2, center.y), center.x + 20, p.raised, "!");
  widgets::pop_font();
  ImGui::SameLine(0, kMarkGap);
}

void draw_content(UiState& ui, float text_room) {
  const widgets::Palette& p = widgets::palette();
  const ImVec2 low = ImGui::GetWindowPos();
  const ImVec2 high(low.x + 4, low.y + ImGui::GetWindowHeight());
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(low, high);
  list->AddRectFilled(low, ImVec2(high.x + widgets::kCorner, high.y), ui.toast_is_error ? p.danger : p.accent,
                      widgets::kCorner, ImDrawFlags_RoundCornersLeft);
  list->PopClipRect();
  if (ui.toast_is_error) draw_mark();
  ImGui::BeginGroup();
  // One line of text stands in the middle of the button's height; more begin at the top.
  const bool one_line = ImGui::CalcTextSize(ui.toast.c_str()).x <= text_room;
  if (one_line)
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (widgets::control_height() - ImGui::GetTextLineHeight()) / 2);
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + text_room);
  ImGui::TextUnformatted(ui.toast.c_str());
  annotate_item(ui.toast_is_error ? "error" : "message", "text", {}, ui.toast);
  ImGui::PopTextWrapPos();
  ImGui::EndGroup();
  ImGui::SameLine();
  if (const std::string_view name = button_name(ui); !name.empty()) {
    if (widgets::button(name, widgets::Icon::none, "")) {
      if (ui.toast_step != 0)
        ui.history.wish = ui.toast_step;
      else
        bridge::ask_page(taken_toast().request);
      ui.toast.clear();
    }
    ImGui::SameLine();
  }
  if (widgets::icon_button("Dismiss", widgets::Icon::close, "")) ui.toast.clear();
}

}  // namespace

void draw_toast(UiState& ui, const Rect& view, const ToastPlace& place, double now) {
  if (ui.toast.empty()) return;
  if (now >= ui.toast_until) {
    ui.toast.clear();
    request_redraw();  // Dear ImGui counts its window as there for one frame more
    return;
  }
  const widgets::Palette& p = widgets::palette();
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize |
                                      ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNavInputs;
  const std::string_view name = button_name(ui);
  const float beside = (ui.toast_is_error ? kMark + kMarkGap : 0) +
                       (name.empty() ? 0 : widgets::text_width(name) + kPadding) + widgets::control_height() +
                       widgets::kGrid;
  const float room = std::min(kMaxWidth, view.width - 2 * kMargin) - 2 * 16 - beside;
  const float text_room = std::min(room, ImGui::CalcTextSize(ui.toast.c_str()).x + 1);
  const ImVec2 top(view.x + view.width / 2, view.y + widgets::control_height() + kMargin);  // below the view's tools
  const ImVec2 corner(view.x + view.width - kMargin, view.y + view.height - kMargin);
  if (place.compact)
    ImGui::SetNextWindowPos(top, ImGuiCond_Always, ImVec2(0.5f, 0));
  else
    ImGui::SetNextWindowPos(place.at_top ? ImVec2(corner.x, top.y - 10) : corner, ImGuiCond_Always,
                            ImVec2(1, place.at_top ? 0.0F : 1.0F));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, p.raised);
  ImGui::PushStyleColor(ImGuiCol_Border, p.separator);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, widgets::kCorner);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(16, kPadY));
  ImGui::Begin("toast", nullptr, kFlags);
  if (ImGui::IsWindowAppearing()) request_redraw();  // a window that sizes itself shows from its second frame on
  draw_content(ui, text_room);
  ImGui::End();
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(2);
}

}  // namespace descent::web
