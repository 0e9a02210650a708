// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/gradients/gradients_lens.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/model/words/signal_words.h"
#include "web/panels/network/lenses/gradients/pin_panel.h"
#include "web/panels/network/lenses/gradients/sheets_canvas.h"
#include "web/panels/network/texts.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

// The pin's panel stands beside the sheets in a region wider than kBeside points, else below them.
constexpr float kBeside = 900, kPinShare = 0.42f, kWidestPin = 560, kPinHeight = 200, kLeastSheets = 260;
constexpr float kPinBelow = 0.56f;  // of the height

class GradientsLens : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void draw_tools(PanelContext& context);
  void draw_sheets(PanelContext& context, float width, float height);

  SheetsCanvas canvas_;
  PinPanel pin_;
};

void GradientsLens::draw_tools(PanelContext& context) {
  constexpr std::array<std::string_view, 2> kWays{"Forward", "Backward"};
  constexpr std::array<std::string_view, 2> kHelp{
      "Activations: what every layer makes of the digit, from 0 (dark) to its largest value (yellow).",
      "Deltas: how the loss changes with every value, from the end back to the digit. Blue lowers the loss, orange "
      "raises it."};
  int way = context.ui.lens.backward ? 1 : 0;
  ImGui::SetNextItemWidth(190);
  if (widgets::segments("direction", kWays, way, kHelp)) context.ui.lens.backward = way == 1;
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::icon_button("Fit", widgets::Icon::fit,
                           "Show all layers. The wheel or two fingers zoom in, as does a double click.",
                           canvas_.zoomed()))
    canvas_.show_all();
  if (PinPanel::wanted(context.ui.lens.pin)) return;
  // The first thing to do is said as long as nothing is pinned.
  constexpr std::string_view kFirst = "Press a cell to see what it is made of.";
  ImGui::SameLine(0, 2 * widgets::kGrid);
  if (widgets::text_width(kFirst) > ImGui::GetContentRegionAvail().x) return ImGui::NewLine();
  ImGui::AlignTextToFramePadding();
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::palette().text_muted);
  ImGui::TextUnformatted(kFirst.data(), kFirst.data() + kFirst.size());
  ImGui::PopStyleColor();
}

// caption() says what is seen, in one sentence, with what it leaves out.
std::string caption(const training::Inspection& seen, bool backward) {
  std::string text = signal_sentence(seen);
  if (!text.empty()) text += ' ';
  if (!backward)
    return text +
           "One digit, dropout off. Each layer has a colour scale of its own, from 0 or its least value to its largest.";
  return text +
         core::fill(
             "∂loss/∂value for this digit alone; its loss is {}{}. Each layer has a scale of its own, the same to "
             "both sides of 0. Empty cells get no blame: their ReLU is shut, or another cell of the window won.",
             display_number(seen.loss, 3),
             seen.label < 0 ? ", with the answer taken for right: press the bar of the digit that you meant" : "");
}

void GradientsLens::draw_sheets(PanelContext& context, float width, float height) {
  ImGui::BeginChild("sheets", ImVec2(width, height), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  draw_tools(context);
  ImGui::Dummy(ImVec2(0, widgets::kGrid / 2));
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const std::string text = caption(context.trainer.inspection, context.ui.lens.backward);
  widgets::push_font(widgets::Font::small);
  const float words = ImGui::CalcTextSize(text.c_str(), nullptr, false, room.x).y;
  widgets::pop_font();
  canvas_.draw(context, room.x, std::max(room.y - words - widgets::kGrid, 120.0f));
  widgets::note(text);
  ImGui::EndChild();
}

void GradientsLens::draw(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  if (seen.layers.empty()) {
    hint(seen.refusal.empty() ? "The layers appear as soon as there is a digit."
                              : core::fill("Nothing to see: {}.", seen.refusal));
    return;
  }
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (!PinPanel::wanted(context.ui.lens.pin)) return draw_sheets(context, room.x, room.y);
  const float gap = 2 * widgets::kGrid;
  if (room.x > kBeside) {
    const float width = std::min(room.x * kPinShare, kWidestPin);
    draw_sheets(context, room.x - width - gap, room.y);
    ImGui::SameLine(0, gap);
    return pin_.draw(context, width, room.y);
  }
  // Where that is too much for the height, the lens scrolls.
  draw_sheets(context, room.x, std::max((1 - kPinBelow) * room.y - gap, kLeastSheets));
  ImGui::Dummy(ImVec2(0, widgets::kGrid / 2));
  pin_.draw(context, room.x, std::max(ImGui::GetContentRegionAvail().y, kPinHeight - gap));
}

}  // namespace

std::unique_ptr<Panel> make_gradients_lens() {
  return std::make_unique<GradientsLens>();
}

}  // namespace descent::web
