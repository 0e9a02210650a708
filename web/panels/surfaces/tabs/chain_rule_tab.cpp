// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/chain_rule_tab.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "engine/core/fill.h"
#include "web/model/words/chain_rule_steps.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/tabs/chain_rule_canvas.h"
#include "web/state/redraw.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::kGrid;
using widgets::palette;

constexpr double kStepSeconds = 0.7;      // of the play button
constexpr double kRefreshSeconds = 0.08;  // at least, between two requests of a race that runs
constexpr float kLine = 20;
constexpr float kField = 100;
constexpr float kLowStrip = 300;  // below this height the graph matters more than all ways to the gradient

// True when another button fits beside the last one, where the next item goes then. What has no room on narrow screens
// can also be done with the hands: a pinch shows the graph, a click in the picture pins.
bool another_button_fits() {
  const float end = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  if (ImGui::GetItemRectMax().x + kGrid / 2 + widgets::control_height() > end) return false;
  ImGui::SameLine(0, kGrid / 2);
  return true;
}

// A Place decides the point at which the gradient is computed.
enum class Place { head, pointer, pin };

class ChainTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  // An Inbox holds what the worker answered; it is shared with its answers, which may arrive after the panel is gone.
  struct Inbox {
    bool under_way = false;
    std::shared_ptr<const ChainRule> rule;
    Place place = Place::head;
    std::string refusal;
  };

  void ask(PanelContext& context);
  void draw_buttons(const ChainRule& rule);
  void draw_pin(PanelContext& context, bool fields);
  [[nodiscard]] std::string place_text(const PanelContext& context, const ChainRule& rule, bool narrow) const;
  [[nodiscard]] std::string gradient_text(const ChainRule& rule, bool narrow) const;
  void play(const ChainRule& rule);
  static void draw_text_line(std::string_view name, std::string_view text, ImU32 color);
  void draw_agreement(const ChainRule& rule, bool narrow, bool low) const;

  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::optional<surfaces::Point> asked_;
  surfaces::SurfaceChoice asked_surface_;
  double asked_at_ = -1;
  int step_ = -1;  // −1: all of it
  bool playing_ = false;
  double stepped_at_ = 0;
  ChainCanvas canvas_;
};

// Asks for the graph at the pinned point; else under the pointer while it rests in the picture, as the read-out there;
// else at the head of the chosen optimizer.
void ChainTab::ask(PanelContext& context) {
  const int selected = context.ui.selected_runner;
  surfaces::Point point = context.race.config.start;
  if (selected >= 0 && selected < static_cast<int>(context.race.runners.size())) {
    const auto& points = context.race.runners[static_cast<std::size_t>(selected)].points;
    if (points.size() >= 2) point = {points[points.size() - 2], points[points.size() - 1]};
  }
  Place place = Place::head;
  if (context.ui.camera.pin) {
    point = *context.ui.camera.pin;
    place = Place::pin;
  } else if (context.ui.pointed) {
    point = *context.ui.pointed;
    place = Place::pointer;
  }
  surfaces::SurfaceChoice choice = context.race.config.surface_choice();
  const bool same = asked_ == point && asked_surface_ == choice;
  if (same && !inbox_->under_way) inbox_->place = place;
  if (same || inbox_->under_way) return;
  const double now = ImGui::GetTime();
  if (now - asked_at_ < kRefreshSeconds) return request_redraw(kRefreshSeconds);
  asked_ = point;
  asked_surface_ = choice;
  asked_at_ = now;
  inbox_->under_way = true;
  context.questions.gradient_graph<ChainRule>(
      std::move(choice), point, make_chain_rule, [inbox = inbox_, place](core::Result<ChainRule>&& made) {
        inbox->refusal = made.ok() ? std::string() : made.message();
        inbox->rule = made.ok() ? std::make_shared<const ChainRule>(std::move(made).value()) : nullptr;
        inbox->place = place;
        inbox->under_way = false;
      });
}

void ChainTab::play(const ChainRule& rule) {
  if (!playing_) return;
  const double now = ImGui::GetTime();
  request_redraw(kStepSeconds);
  if (now - stepped_at_ < kStepSeconds) return;
  stepped_at_ = now;
  if (++step_ >= rule.steps()) playing_ = false;
}

void ChainTab::draw_buttons(const ChainRule& rule) {
  const int steps = rule.steps();
  if (widgets::icon_button("Chain step back", widgets::Icon::back, "One node back.", step_ > 0)) {
    playing_ = false;
    --step_;
  }
  ImGui::SameLine(0, kGrid / 2);
  if (widgets::icon_button(playing_ ? "Pause chain rule" : "Play chain rule",
                           playing_ ? widgets::Icon::pause : widgets::Icon::play,
                           "The forward pass, then the backward pass, node by node.", steps > 0)) {
    playing_ = !playing_;
    if (playing_ && step_ >= steps) step_ = 0;
    stepped_at_ = ImGui::GetTime();
    canvas_.fit();
  }
  ImGui::SameLine(0, kGrid / 2);
  if (widgets::icon_button("Chain step", widgets::Icon::step,
                           "Goes on by one node, and after the last node to the first.", steps > 0)) {
    playing_ = false;
    step_ = step_ >= steps ? 0 : step_ + 1;
  }
  if (another_button_fits() &&
      widgets::icon_button(
          "Fit graph", widgets::Icon::fit,
          "Shows the whole graph, or the node of this step. Drag and wheel (two fingers) move the graph."))
    canvas_.fit();
}

void ChainTab::draw_pin(PanelContext& context, bool fields) {
  std::optional<surfaces::Point>& pin = context.ui.camera.pin;
  surfaces::Point point = pin ? *pin : *asked_;
  bool pinned = pin.has_value();
  if (another_button_fits() &&
      widgets::icon_toggle(
          "Pin point", widgets::Icon::pin, pinned,
          "Pins the point where it is, as a click in the picture does; the arrow keys then move it. Off (or after "
          "Esc) the point follows the pointer and the head."))
    pin = pinned ? std::optional(point) : std::nullopt;
  if (!fields) return;
  constexpr std::string_view kHelp = "Where the gradient is computed. A typed number pins the point there.";
  bool typed = false;
  for (std::size_t i = 0; i < 2; ++i) {
    ImGui::SameLine(0, kGrid / 2);
    ImGui::SetNextItemWidth(kField);
    typed |= widgets::number_field(i == 0 ? "x##point" : "y##point", point[i], kHelp);
  }
  if (typed) pin = point;
}

// Says which step it is, and whose point. The hint is for those who would look for it.
std::string ChainTab::place_text(const PanelContext& context, const ChainRule& rule, bool narrow) const {
  const int forward = static_cast<int>(rule.operations.size());
  const std::string pass = step_ == 0 ? "inputs" : step_ <= forward ? "forward" : "backward";
  const std::string step = core::fill("step {} of {}, {}", step_, rule.steps(), pass);
  const Place place = inbox_->place;
  if (narrow) return step;
  if (place == Place::pin) return core::fill("{}, at the pinned point", step);
  const bool pointer = place == Place::pointer;
  if (shows_basins(context.ui))
    return pointer ? core::fill("{}, at the pointer", step) : core::fill("{}, at the head", step);
  return pointer ? core::fill("{}, at the pointer (a click in the picture pins a point)", step)
                 : core::fill("{}, at the head (a click in the picture pins a point)", step);
}

void ChainTab::draw_text_line(std::string_view name, std::string_view text, ImU32 color) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy(ImVec2(width, kLine));
  annotate_item(name, "text", {}, text);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float wanted = widgets::text_width(text);
  const float scale = std::clamp(width / std::max(wanted, 1.0F), 0.72F, 1.0F);
  list->PushClipRect(at, ImVec2(at.x + width, at.y + kLine), true);
  draw_barred(list, ImVec2(at.x, std::floor(at.y + (kLine - scale * ImGui::GetFontSize()) / 2)), color, text, scale);
  list->PopClipRect();
}

std::string pair_text(const std::array<double, 2>& values, int digits = 5) {
  return core::fill("({}, {})", display_number(values[0], digits), display_number(values[1], digits));
}

// Says the gradient; in narrow tabs, which have no fields for it, the point as well.
std::string ChainTab::gradient_text(const ChainRule& rule, bool narrow) const {
  const std::string gradient = pair_text(rule.surface.graph.reverse);
  if (!narrow) return core::fill("∇f: reverse mode {}", gradient);
  const std::string point = pair_text(rule.point, 4);
  switch (inbox_->place) {
    case Place::pin:
      return core::fill("∇f pinned at {}: reverse mode {}", point, gradient);
    case Place::pointer:
      return core::fill("∇f under the pointer at {}: reverse mode {}", point, gradient);
    case Place::head:
      break;
  }
  return core::fill("∇f at {}: reverse mode {}", point, gradient);
}

void ChainTab::draw_agreement(const ChainRule& rule, bool narrow, bool low) const {
  const autodiff::ExpressionGraph& graph = rule.surface.graph;
  const double modes = autodiff::mode_disagreement(graph), difference = autodiff::difference_disagreement(graph);
  const std::string reverse = gradient_text(rule, narrow);
  const std::string forward = core::fill("forward mode {}", pair_text(graph.forward));
  const std::string central = core::fill("central difference {}", pair_text(graph.difference));
  const std::string largest = std::isfinite(modes) && std::isfinite(difference)
                                  ? core::fill("largest difference {} (modes), {} (central)", display_number(modes, 2),
                                               display_number(difference, 2))
                                  : "f is not finite here: there is no gradient to compare";
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));  // the lines fill what was left for them
  if (narrow) {
    draw_text_line("gradients", reverse, palette().text_muted);
    if (!low) draw_text_line("gradients by other ways", core::fill("{}  {}", forward, central), palette().text_muted);
    draw_text_line("agreement", largest, palette().text_muted);
  } else {
    draw_text_line("agreement", core::fill("{}   {}   {}   {}", reverse, forward, central, largest),
                   palette().text_muted);
  }
  ImGui::PopStyleVar();
  widgets::pop_font();
}

void ChainTab::draw(PanelContext& context) {
  ask(context);
  const std::shared_ptr<const ChainRule> rule = inbox_->rule;
  if (rule == nullptr) {
    if (!inbox_->refusal.empty()) widgets::note(core::fill("No graph: {}.", inbox_->refusal));
    return;
  }
  const bool narrow = context.width < 760;
  if (step_ < 0 || step_ > rule->steps()) step_ = rule->steps();
  play(*rule);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  draw_buttons(*rule);
  draw_pin(context, !narrow);
  const float beside = 5 * widgets::control_height() + 3 * kGrid + (narrow ? 0 : 2 * kField + kGrid);
  const int forward = static_cast<int>(rule->operations.size());
  ImGui::SetCursorScreenPos(ImVec2(corner.x + beside, corner.y - (narrow ? 0.0F : 2.0F)));
  widgets::push_font(widgets::Font::small);
  draw_text_line("chain step", place_text(context, *rule, narrow), palette().text_muted);
  widgets::pop_font();
  ImGui::SetCursorScreenPos(narrow ? ImVec2(corner.x, corner.y + widgets::control_height() + 2)
                                   : ImVec2(corner.x + beside, corner.y + kLine - 4));
  draw_text_line("chain equation", step_text(*rule, step_), step_ > forward ? palette().warning : palette().text);
  const float top = corner.y + widgets::control_height() + (narrow ? kLine + 6 : 4);
  const bool low = context.height < kLowStrip;
  const float agreement = (!narrow ? 1 : low ? 2 : 3) * kLine + 2;
  const float height = std::max(corner.y + context.height - agreement - top, 40.0F);
  ImGui::SetCursorScreenPos(ImVec2(corner.x, top));
  const int clicked = canvas_.draw(context, *rule, step_, ImVec2(context.width, height));
  if (clicked >= 0) {
    const auto found = std::find(rule->operations.begin(), rule->operations.end(), clicked);
    if (found != rule->operations.end()) {
      const int order = static_cast<int>(found - rule->operations.begin());
      step_ = step_ > forward ? 2 * forward - order : order + 1;
      playing_ = false;
    }
  }
  ImGui::SetCursorScreenPos(ImVec2(corner.x, top + height + 2));
  draw_agreement(*rule, narrow, low);
}

}  // namespace

std::unique_ptr<Panel> make_chain_tab() {
  return std::make_unique<ChainTab>();
}

}  // namespace descent::web
