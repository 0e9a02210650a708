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

#include "web/bridge/bridge.h"
#include "web/model/words/answer_words.h"
#include "web/panels/network/class_chart.h"
#include "web/panels/network/pad.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kGap = widgets::kGrid, kButtonGap = kGap / 2;
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

// Which test image, and another one; `beside`: points to be left at the right.
void draw_chooser(PanelContext& context, float beside) {
  LookedAtDigit& digit = context.ui.lens.digit;
  const std::int64_t count = context.trainer.test_count;
  ImGui::PushItemWidth(ImGui::GetContentRegionAvail().x - beside - widgets::control_height() - kButtonGap);
  std::int64_t index = digit.test_index;
  if (widgets::whole_field("Test image", index, 0, std::max<std::int64_t>(count - 1, 0),
                           "Which image of the test set all lenses look at, counted from 0."))
    digit = {.test_index = index};
  ImGui::PopItemWidth();
  ImGui::SameLine(0, kButtonGap);
  if (widgets::icon_button("Another digit", widgets::Icon::dice,
                           "Look at another test image, from somewhere else in the set.", count > 0))
    digit = {.test_index = another_index(digit.test_index, count)};
}

// A digit of one's own, and none any more.
void draw_own(PanelContext& context) {
  LookedAtDigit& digit = context.ui.lens.digit;
  if (widgets::icon_button("Open a picture", widgets::Icon::picture,
                           "Take a picture of a digit: a photo, a scan, a screenshot. It may also be dropped onto the "
                           "page or pasted, and stays in this browser."))
    bridge::request_files(bridge::FileRequest::picture);
  ImGui::SameLine(0, kButtonGap);
  if (widgets::icon_button("Clear", widgets::Icon::eraser, "Wipe the pad and look at the test image again.",
                           digit.own())) {
    clear_pad(context.ui.pad);
    digit = {.test_index = digit.test_index};
  }
}

void draw_answer(const PanelContext& context) {
  std::string sentence = answer_sentence(context.trainer);
  if (sentence.empty()) sentence = "No data set yet: draw a digit, drop a picture of one, or wait.";
  if (context.ui.lens.digit.from_picture) sentence = "From a picture. " + sentence;
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(sentence.c_str());
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
  draw_chooser(context, 2 * (widgets::control_height() + kButtonGap));
  ImGui::SameLine(0, kButtonGap);
  draw_own(context);
  draw_answer(context);
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
  draw_chooser(context, 0);
  widgets::push_font(widgets::Font::small);
  draw_answer(context);
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
  ImGui::BeginGroup();
  draw_own(context);
  draw_chart(context.trainer, beside ? context.width - side - kGap : context.width);
  ImGui::EndGroup();
}

}  // namespace descent::web
