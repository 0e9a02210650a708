// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/rates_figure.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/widgets/item.h"
#include "web/widgets/ui_items.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::palette;
using widgets::PlotFigure;

constexpr float kNamedBounds = 220;  // from this width on the lines of bounds have names
constexpr float kReach = 14;         // points between pointer and curve
constexpr float kMark = 5;

void dashed_line(ImDrawList* list, float x, float top, float bottom, ImU32 color, float dash) {
  for (float y = top; y < bottom; y += 2 * dash)
    list->AddLine(ImVec2(x, y), ImVec2(x, std::min(y + dash, bottom)), color, 1.3F);
}

void draw_cross(ImDrawList* list, ImVec2 at, float radius, ImU32 color) {
  list->AddLine(ImVec2(at.x - radius, at.y - radius), ImVec2(at.x + radius, at.y + radius), color, 1.7F);
  list->AddLine(ImVec2(at.x - radius, at.y + radius), ImVec2(at.x + radius, at.y - radius), color, 1.7F);
}

// The rate that was tried nearest to `rate`.
std::size_t tried_near(std::span<const double> rates, double rate) {
  const auto above = std::lower_bound(rates.begin() + 1, rates.end() - 1, rate);
  const auto i = static_cast<std::size_t>(above - rates.begin());
  return rate * rate < rates[i - 1] * rates[i] ? i - 1 : i;
}

}  // namespace

void RatesFigure::gather(const PanelContext& context, const RateAxis& axis) {
  entries_.clear();
  const auto& runners = context.ui.race.runners;
  for (std::size_t i = 0; i < runners.size(); ++i) {
    const race::RunnerConfig bare = without_rate(runners[i]);
    const auto found = std::find_if(sweep_->curves.begin(), sweep_->curves.end(),
                                    [&](const survey::RateCurve& curve) { return curve.config == bare; });
    if (found == sweep_->curves.end()) continue;
    Entry entry;
    entry.runner = static_cast<int>(i);
    entry.curve = &*found;
    entry.y = rate_line(*sweep_, *found, context.ui.survey.count_steps, axis);
    entry.first = std::none_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.curve == &*found; });
    entry.rate = runners[i].hyperparameters.empty() ? 0 : runners[i].hyperparameters[0];
    entry.color = widgets::runner_color(runners[i].slot);
    entry.name = race::runner_name(runners, i, naming(context));
    entry.title = entry.name.brief();
    entries_.push_back(std::move(entry));
  }
}

const RatesFigure::Entry* RatesFigure::entry_of(int runner) const {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.runner == runner; });
  return found != entries_.end() ? &*found : nullptr;
}

void RatesFigure::draw_bound(const PlotFigure& figure, const Entry& entry, double bound, BoundPlace place,
                             bool named) const {
  const double t = figure.x.position(bound);
  if (!(t > 0 && t < 1)) return;
  const float x = std::floor(figure.px(bound)) + 0.5F;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool loose = place == BoundPlace::start;
  dashed_line(list, x, figure.box.Min.y, figure.box.Max.y, widgets::with_alpha(entry.color, named ? 0.9F : 0.45F),
              loose ? 2.0F : 4.0F);
  if (!named) return;
  const std::string formula = tight_formula(entry.curve->stability_formula);
  const std::string text = loose ? core::fill("{} at the start", formula) : core::fill("{} at the end", formula);
  const float width = widgets::text_width(text), height = ImGui::GetTextLineHeight();
  const bool left = x + width + 12 > figure.box.Max.x;
  const float from = left ? x - width - 8 : x + 4;
  const float top = figure.box.Max.y - (loose ? 1.0F : 2.0F) * (height + 4) - 2;
  list->AddRectFilled(ImVec2(from, top), ImVec2(from + width + 4, top + height + 2),
                      widgets::with_alpha(palette().background, 0.85F), 3);
  list->AddText(ImVec2(from + 2, top + 1), palette().text_muted, text.c_str());
}

// Marks the rates that are too large for the curvature: at the start, and where the best run ended.
void RatesFigure::draw_bounds(const PanelContext& context, const PlotFigure& figure) const {
  for (const Entry& entry : entries_) {
    if (!entry.first) continue;
    const Entry* selected = entry_of(context.ui.selected_runner);
    const bool roomy = figure.box.GetWidth() >= kNamedBounds;
    const bool named = roomy && selected != nullptr && selected->curve == entry.curve;
    const double end = entry.curve->stable_at_best, start = entry.curve->stable_at_start;
    if (std::isfinite(end)) draw_bound(figure, entry, end, BoundPlace::end, named);
    if (std::isfinite(start) && (named || !std::isfinite(end)))
      draw_bound(figure, entry, start, BoundPlace::start, named);
  }
}

void RatesFigure::draw_cliffs(const PlotFigure& figure, const Entry& entry) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const std::size_t i : cliffs(*entry.curve)) {
    const ImVec2 foot(figure.px(sweep_->rates[i]), figure.py(entry.y[i]));
    const ImVec2 top(figure.px(sweep_->rates[i + 1]), figure.box.Min.y);
    if (figure.shown(entry.y[i]) && foot.y > top.y)
      list->AddLine(foot, top, widgets::with_alpha(entry.color, 0.7F), 1.2F);
    draw_cross(list, top, 3.5F, entry.color);
  }
}

void RatesFigure::draw_present(const PanelContext& context, const PlotFigure& figure, const Entry& entry) const {
  const double t = figure.x.position(entry.rate);
  if (!(t >= 0 && t <= 1)) return;
  const double y = line_value(sweep_->rates, entry.y, entry.rate, figure.y.log);
  const bool on_curve = figure.shown(y);
  const bool selected = entry.runner == context.ui.selected_runner;
  const ImVec2 at(figure.px(entry.rate), on_curve ? std::max(figure.py(y), figure.box.Min.y) : figure.box.Min.y);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (selected) {
    list->AddLine(ImVec2(at.x, figure.box.Min.y), ImVec2(at.x, figure.box.Max.y),
                  widgets::with_alpha(entry.color, 0.35F));
    list->AddCircle(at, kMark + 4, palette().text, 24, 1.5F);
  }
  const int slot = context.ui.race.runners[static_cast<std::size_t>(entry.runner)].slot;
  widgets::draw_marker(list, widgets::runner_marker(slot), at, kMark, entry.color, palette().background);
  ImGui::SetCursorScreenPos(ImVec2(at.x - kMark, at.y - kMark));
  ImGui::Dummy(ImVec2(2 * kMark, 2 * kMark));
  annotate_item(entry.name.item + " rate", "mark", entry.rate);
}

int RatesFigure::runner_under(const PanelContext& context, const PlotFigure& figure, ImVec2 pointer) const {
  const double rate = figure.x.value(static_cast<double>((pointer.x - figure.box.Min.x) / figure.box.GetWidth()));
  int best = entry_of(context.ui.selected_runner) != nullptr || entries_.empty() ? context.ui.selected_runner
                                                                                 : entries_.front().runner;
  float reach = kReach;
  for (const Entry& entry : entries_) {
    if (!entry.first && entry.runner != context.ui.selected_runner) continue;
    const double y = line_value(sweep_->rates, entry.y, rate, figure.y.log);
    if (!figure.shown(y)) continue;
    const float distance = std::abs(figure.py(y) - pointer.y);
    if (distance > reach) continue;
    reach = distance;
    best = entry.runner;
  }
  return best;
}

// Tells of the runs at the nearest rate that was tried: between two of them nothing was measured.
void RatesFigure::draw_readout(const PlotFigure& figure, double rate, int runner) const {
  const std::size_t tried = tried_near(sweep_->rates, rate);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 8));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 2));
  if (ImGui::BeginTooltip()) {
    widgets::push_font(widgets::Font::small);
    const std::string head = core::fill("learning rate {}", display_number(sweep_->rates[tried], 3));
    ImGui::TextUnformatted(head.c_str());
    annotate_item("rates read-out", "text", sweep_->rates[tried], head);
    for (const Entry& entry : entries_) {
      if (!entry.first && entry.runner != runner) continue;
      const double y = entry.y[tried];
      const bool diverged = entry.curve->ends[tried] == survey::LaneEnd::diverged;
      const std::string value = std::isfinite(y) ? figure.y.format(figure.y.log ? rounded_number(y) : y)
                                : diverged       ? "diverged"
                                                 : "–";
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float middle = at.y + ImGui::GetTextLineHeight() / 2;
      const float label = std::max(widgets::text_width(entry.title), 60.0F);
      ImGui::Dummy(ImVec2(18 + label + 16 + std::max(widgets::text_width(value), 56.0F), ImGui::GetTextLineHeight()));
      const float right = ImGui::GetItemRectMax().x;
      ImDrawList* list = ImGui::GetWindowDrawList();
      const bool meant = entry.runner == runner;
      list->AddCircleFilled(ImVec2(at.x + 6, middle), meant ? 4.5F : 3.5F, entry.color, 16);
      widgets::draw_text(list, ImVec2(at.x + 18, middle), right, meant ? palette().text : palette().text_muted,
                         entry.title);
      widgets::draw_text(list, ImVec2(right - widgets::text_width(value), middle), right + 1, palette().text, value);
    }
    if (const Entry* entry = entry_of(runner)) {
      const std::string offer = core::fill("Click: {} at {}", entry->name.full(), display_number(rate, 3));
      ImGui::PushStyleColor(ImGuiCol_Text, palette().text_muted);
      ImGui::TextUnformatted(offer.c_str());
      ImGui::PopStyleColor();
    }
    widgets::pop_font();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(2);
}

void RatesFigure::point(PanelContext& context, const widgets::DrawnPlot& plot) {
  const PlotFigure& figure = plot.figure;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool inside = plot.item.hovered && mouse.y >= figure.box.Min.y - kReach && mouse.x >= figure.box.Min.x - kReach;
  if (!plot.item.held) held_ = -1;
  if (entries_.empty() || (!inside && held_ < 0)) return;
  const float x = std::clamp(mouse.x, figure.box.Min.x, figure.box.Max.x);
  const double share = static_cast<double>((x - figure.box.Min.x) / figure.box.GetWidth());
  const double rate = rounded_number(figure.x.value(share));
  const int runner = held_ >= 0 ? held_ : runner_under(context, figure, mouse);
  const Entry* entry = entry_of(runner);
  if (entry == nullptr) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine(ImVec2(x, figure.box.Min.y), ImVec2(x, figure.box.Max.y), widgets::with_alpha(entry->color, 0.8F));
  const std::size_t tried = tried_near(sweep_->rates, rate);
  if (const double y = entry->y[tried]; figure.shown(y))
    list->AddCircleFilled(ImVec2(figure.px(sweep_->rates[tried]), figure.py(y)), 4, entry->color, 16);
  draw_readout(figure, rate, runner);
  if (!plot.item.held) return;
  held_ = runner;
  context.ui.selected_runner = runner;
  context.commands.set_hyperparameter(runner, 0, rate);
}

widgets::DrawnPlot RatesFigure::draw_plot(const PanelContext& context, const RateAxis& axis, bool legend) const {
  std::vector<widgets::PlotSeries> series;
  for (const Entry& entry : entries_) {
    if (!entry.first) continue;
    widgets::PlotSeries one;
    one.label = entry.title;
    one.kept_end = entry.name.brief_end();
    one.color = entry.color;
    one.marker = widgets::runner_marker(context.ui.race.runners[static_cast<std::size_t>(entry.runner)].slot);
    one.ends_in_marker = false;
    one.x = sweep_->rates;
    if (!axis.empty) one.y = entry.y;
    series.push_back(one);
  }
  widgets::PlotOptions options;
  options.id = "rates";
  if (!axis.empty) options.y_label = axis.caption;
  options.x_label = "learning rate";
  options.log_x = true;
  options.x_minimum = range_.low;
  options.x_maximum = range_.high;
  options.log_y = axis.log;
  options.y_minimum = axis.low;
  options.y_maximum = axis.high;
  options.legend = legend;
  options.readout = false;
  options.empty_text = axis.empty && !entries_.empty() ? std::string_view(axis.caption)
                                                       : "Add an optimizer to see what its learning rate does.";
  const widgets::DrawnPlot drawn = widgets::plot(options, series);
  annotate_item("rates", "plot", static_cast<double>(sweep_->completed),
                sweep_->completed == sweep_->total ? "complete" : "under way");
  return drawn;
}

void RatesFigure::draw_marks(const PanelContext& context, const PlotFigure& figure, const RateAxis& axis) const {
  widgets::push_font(widgets::Font::small);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImRect& box = figure.box;
  list->PushClipRect(ImVec2(box.Min.x - 10, box.Min.y - 10), ImVec2(box.Max.x + 10, box.Max.y + 2), true);
  if (std::isfinite(axis.start)) {
    const float y = std::floor(figure.py(axis.start)) + 0.5F;
    for (float x = box.Min.x; x < box.Max.x; x += 6)
      list->AddLine(ImVec2(x, y), ImVec2(std::min(x + 2, box.Max.x), y), palette().text_faint);
    list->AddText(ImVec2(box.Min.x + 4, y + 2), palette().text_faint, "start");
  }
  draw_bounds(context, figure);
  for (const Entry& entry : entries_)
    if (entry.first && !context.ui.survey.count_steps) draw_cliffs(figure, entry);
  for (const Entry& entry : entries_) draw_present(context, figure, entry);
  list->PopClipRect();
  widgets::pop_font();
}

// The rates in use are in sight too. While one is dragged the axis stays, and while the next sweep is made.
void RatesFigure::choose_range(double start) {
  if (held_ >= 0 || sweep_->completed < sweep_->total || sweep_->total == 0) return;
  range_ = rate_range(*sweep_, start);
  for (const Entry& entry : entries_) {
    const double rate = std::clamp(entry.rate, survey::kTuningMin, survey::kTuningMax);
    range_ = {std::min(range_.low, rate), std::max(range_.high, rate)};
  }
}

void RatesFigure::draw(PanelContext& context, bool legend) {
  sweep_ = &context.surveys.sweep;
  const bool started = !context.race.runners.empty() && !context.race.runners[0].losses.empty();
  const double start = started ? context.race.runners[0].losses[0] : 1;
  const RateAxis axis = rate_axis(*sweep_, context.ui.survey.count_steps, start);
  gather(context, axis);
  choose_range(start);
  const widgets::DrawnPlot drawn = draw_plot(context, axis, legend);
  if (!drawn.item.visible || entries_.empty() || axis.empty) return;
  draw_marks(context, drawn.figure, axis);
  point(context, drawn);
  ImGui::SetCursorScreenPos(drawn.item.box.Min);
  ImGui::Dummy(drawn.item.box.GetSize());
}

}  // namespace descent::web
