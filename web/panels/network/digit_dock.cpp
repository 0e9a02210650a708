// SPDX-License-Identifier: MIT
// The dock has three shapes: a column, a row with the pad below it, and the pad in place of all else.
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
constexpr float kBar = 14, kLowBar = 13;  // height of a class' bar
constexpr float kSmallCurves = 188;       // height of both, one below the other
constexpr float kLeastCurves = 140;
constexpr float kRowDigit = 80;                     // side of the digit in the row
constexpr float kLowColumn = 396, kLowDigit = 100;  // a column of less height has the digit as a button of that side
constexpr float kTabs = 64;                         // height of what may stand above it
constexpr float kLeastPad = 140, kGoodPad = 150, kMaxPad = 400;
constexpr float kSeen = 148;              // height of what the network sees and of the probabilities beside it
constexpr float kLeastChart = 120;        // their width
constexpr float kAnswer = 2 * 18 + kGap;  // height of two lines

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

// Buttons for a digit of one's own, one below the other, and none any more.
void draw_own(PanelContext& context) {
  LookedAtDigit& digit = context.ui.lens.digit;
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(kButtonGap, kButtonGap));
  draw_pen_buttons(context);
  if (widgets::icon_button("Clear", widgets::Icon::eraser, "Wipe the pad and look at the test image again.",
                           digit.own())) {
    clear_pad(context.ui.pad);
    digit = {.test_index = digit.test_index};
  }
  if (widgets::icon_button("Open a picture", widgets::Icon::picture,
                           "Take a picture of a digit: a photo, a scan, a screenshot. It may also be dropped onto the "
                           "page or pasted, and stays in this browser."))
    bridge::request_files(bridge::FileRequest::picture);
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

// The pad as large as it may be, and the buttons beside it.
void draw_pad_and_buttons(PanelContext& context, float side) {
  draw_pad(context, std::floor(side));
  ImGui::SameLine(0, kButtonGap);
  draw_own(context);
}
float buttons_width() {
  return widgets::control_height() + kButtonGap;
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

void draw_chart(PanelContext& context, float width, float bar = kBar) {
  const training::TrainerSnapshot& trainer = context.trainer;
  const std::size_t rows = std::min<std::size_t>(trainer.class_labels.size(), 12);
  draw_probabilities({trainer.inspection.probabilities, trainer.class_labels, trainer.inspection.label},
                     context.ui.lens.digit, width, std::min(bar * static_cast<float>(rows), kSeen));
}

// The image that the network gets, and the probabilities that it makes of it.
void draw_seen_and_chart(PanelContext& context, float width) {
  draw_seen(context);
  ImGui::SameLine(0, kGap);
  draw_chart(context, width - kSeenSide - kGap);
}

}  // namespace

void DigitDock::draw_column(PanelContext& context, bool curves) {
  const float width = context.width;
  const float top = ImGui::GetCursorPosY();
  low_ = context.height < kLowColumn;
  if (low_) {
    if (draw_digit_button(context, kLowDigit, false)) pad_open_ = true;
    ImGui::SameLine(0, kGap);
    draw_chart(context, width - kLowDigit - kGap, kLowBar);
    draw_answer(context);
    draw_chooser(context, 0);
    return;
  }
  // Whether a lens has the curves here or not, the pad is as large.
  const float room = context.height - widgets::control_height() - kAnswer - kSeen - 3 * kGap;
  const float beside_curves = room - kLeastCurves - kGap;
  draw_pad_and_buttons(context,
                       std::clamp(beside_curves < kGoodPad ? room : beside_curves, kLeastPad, width - buttons_width()));
  draw_chooser(context, 0);
  const float answer = ImGui::GetCursorPosY();
  draw_answer(context);
  ImGui::SetCursorPosY(answer + kAnswer);  // what is below stays where it is
  draw_seen_and_chart(context, width);
  const float left = context.height - (ImGui::GetCursorPosY() - top);
  if (!curves || left < kLeastCurves) return;
  PanelContext inner = context;
  inner.height = std::min(left, kSmallCurves);
  ImGui::SetCursorPosY(top + context.height - inner.height);
  curves_.draw(inner, CurveSize::small);
}

void DigitDock::draw_head(PanelContext& context, bool curves) {
  const float row_top = ImGui::GetCursorPosY();
  if (draw_digit_button(context, kRowDigit, pad_open_)) pad_open_ = !pad_open_;
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
}

void DigitDock::draw_row(PanelContext& context, bool curves) {
  draw_head(context, curves);
  if (!pad_open_) return;
  const float room = context.height - kRowDigit - kGap;
  const float words = kGap + kSeenSide + kGap + kLeastChart;
  const float above = std::min(context.width - buttons_width(), room - kSeen - kGap);
  const float beside = std::min(context.width - buttons_width() - words, room);
  draw_pad_and_buttons(context, std::clamp(std::max(above, beside), kLeastPad, kMaxPad));
  if (beside > above) ImGui::SameLine(0, kGap);
  draw_seen_and_chart(context, ImGui::GetContentRegionAvail().x);
}

bool DigitDock::takes_all(const PanelContext& context) const {
  return pad_open_ && (low_ || context.height < kLowColumn + kTabs);
}

void DigitDock::draw_alone(PanelContext& context) {
  const float words = kGap + kSeenSide + kGap + kLeastChart;
  draw_pad_and_buttons(context, std::min(context.height, context.width - buttons_width() - words));
  ImGui::SameLine(0, kGap);
  ImGui::BeginGroup();
  PanelContext inner = context;
  inner.width = ImGui::GetContentRegionAvail().x;
  draw_head(inner, false);
  draw_seen_and_chart(context, inner.width);
  ImGui::EndGroup();
}

}  // namespace descent::web
