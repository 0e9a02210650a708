// SPDX-License-Identifier: MIT
// Strokes by mouse or touch go into a 140×140 pad, are centred as MNIST's digits were, and become the digit at once.
#include "web/panels/network/digit_dock.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "web/model/words/answer_words.h"
#include "web/panels/network/class_chart.h"
#include "web/panels/network/pad.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kGap = widgets::kGrid;
constexpr float kBar = 14;           // height of a class' bar
constexpr float kSmallCurves = 188;  // height of both, one below the other
constexpr float kLeastCurves = 140;
constexpr float kRowDigit = 80;  // side of the digit in the row
constexpr float kMaxPad = 300, kLeastChart = 140;

// The number after `present` in an order that jumps through the set and comes to every image before one comes again:
// steps of about the golden section, without a common divisor with the count.
std::int64_t another_index(std::int64_t present, std::int64_t count) {
  auto stride = static_cast<std::int64_t>(0.618 * static_cast<double>(count));
  while (stride < count && std::gcd(stride, count) != 1) ++stride;
  return (present + std::max<std::int64_t>(stride, 1)) % std::max<std::int64_t>(count, 1);
}

// draw_chooser() says which test image it is, and takes another one.
void draw_chooser(PanelContext& context) {
  LookedAtDigit& digit = context.ui.lens.digit;
  const std::int64_t count = context.trainer.test_count;
  const float button = widgets::control_height() + kGap;
  ImGui::PushItemWidth(ImGui::GetContentRegionAvail().x - 2 * button);
  std::int64_t index = digit.test_index;
  if (widgets::whole_field("Test image", index, 0, std::max<std::int64_t>(count - 1, 0),
                           "Which image of the test set all lenses look at, counted from 0.")) {
    digit.test_index = index;
    digit.image.clear();
  }
  ImGui::PopItemWidth();
  ImGui::SameLine(0, kGap);
  if (widgets::icon_button("Another digit", widgets::Icon::dice,
                           "Look at another test image, from somewhere else in the set.", count > 0)) {
    digit.test_index = another_index(digit.test_index, count);
    digit.image.clear();
  }
  ImGui::SameLine(0, kGap);
  if (widgets::icon_button("Clear", widgets::Icon::eraser, "Wipe the pad and look at the test image again.",
                           digit.own())) {
    clear_pad(context.ui.pad);
    digit.image.clear();
  }
}

void draw_answer(const training::TrainerSnapshot& trainer) {
  const std::string sentence = answer_sentence(trainer);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(sentence.empty() ? "No data set yet: draw a digit, or wait." : sentence.c_str());
  ImGui::PopTextWrapPos();
  annotate_item("answer", "text", {}, sentence);
}

void draw_chart(const training::TrainerSnapshot& trainer, float width) {
  const std::size_t rows = std::min<std::size_t>(trainer.class_labels.size(), 12);
  draw_probabilities({trainer.inspection.probabilities, trainer.class_labels, trainer.inspection.label}, width,
                     kBar * static_cast<float>(rows));
}

}  // namespace

void DigitDock::draw_column(PanelContext& context, bool curves) {
  const float width = context.width;
  const float top = ImGui::GetCursorPosY();
  draw_pad(context, std::min(width, std::max(context.height * 0.3f, 96.0f)));
  draw_chooser(context);
  draw_answer(context.trainer);
  draw_chart(context.trainer, width);
  const float left = context.height - (ImGui::GetCursorPosY() - top);
  if (!curves || left < kLeastCurves) return;
  PanelContext inner = context;
  inner.height = std::min(left, kSmallCurves);
  ImGui::SetCursorPosY(top + context.height - inner.height);
  curves_.draw(inner, CurveSize::small);
}

void DigitDock::draw_row(PanelContext& context, bool curves) {
  const float row_top = ImGui::GetCursorPosY();
  if (draw_digit_button(context, kRowDigit)) pad_open_ = !pad_open_;
  ImGui::SameLine(0, kGap);
  const float narrow = curves ? std::floor(0.36f * (context.width - kRowDigit)) : 0;
  ImGui::BeginChild("answer", ImVec2(context.width - kRowDigit - kGap - narrow - (curves ? kGap : 0), kRowDigit),
                    ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_NoScrollbar);
  draw_chooser(context);
  widgets::push_font(widgets::Font::small);
  draw_answer(context.trainer);
  widgets::pop_font();
  ImGui::EndChild();
  if (curves) {
    ImGui::SameLine(0, kGap);
    PanelContext inner = context;
    inner.width = narrow;
    inner.height = kRowDigit;
    ImGui::BeginChild("curves", ImVec2(narrow, kRowDigit), ImGuiChildFlags_None, ImGuiWindowFlags_NoScrollbar);
    curves_.draw(inner, CurveSize::tiny);
    ImGui::EndChild();
  }
  ImGui::SetCursorPosY(row_top + kRowDigit + kGap / 2);
  if (!pad_open_) return;
  const float side = std::min({context.width, kMaxPad, 0.5f * context.height});
  draw_pad(context, side);
  const bool beside = context.width - side >= kLeastChart;
  if (beside) ImGui::SameLine(0, kGap);
  draw_chart(context.trainer, beside ? context.width - side - kGap : context.width);
}

}  // namespace descent::web
