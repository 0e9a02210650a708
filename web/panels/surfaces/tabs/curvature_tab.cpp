// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/curvature_tab.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "engine/optim/optimizer.h"
#include "engine/surfaces/point_kind.h"
#include "web/model/plots/error_axes.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using race::RunnerSnapshot;
using surfaces::LocalModel;
using surfaces::Point;
using widgets::kGrid;
using widgets::palette;

constexpr float kColumnsWidth = 620;  // from here on the numbers stand beside the plot
constexpr float kNumbers = 300, kTitles = 88;
constexpr float kRow = 19;
constexpr float kLeastPlot = 130, kWords = 84;
constexpr int kMostSteps = 40;       // of Newton's method
constexpr double kPolish = 1e-4;     // of the domain: farther from a minimum of the list nothing is looked for
constexpr double kSmallest = 1e-14;  // and this near it is found
constexpr double kShownRise = 1e3;   // above the start, of what a run that diverges adds
constexpr double kRounding = 1e-18;  // below the start there is nothing to see

// A number so far below what it began with is rounding, and its digits say nothing.
std::string row_text(double value, double floor) {
  return value > 0 && value < floor ? core::fill("< {}", short_number_text(floor)) : short_number_text(value);
}

double distance(const Point& a, const Point& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1]);
}

class CurvatureTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  // The stationary point w*, found on the worker step by step; shared with its answers.
  struct Search {
    Point place{};
    LocalModel model;
    int steps = 0;
    bool under_way = false, done = false, found = false;
  };

  void seek(PanelContext& context, const RunnerSnapshot& runner);
  void draw_numbers(const RunnerSnapshot& runner) const;
  void draw_words(const PanelContext& context, const RunnerSnapshot& runner) const;
  void draw_plot(const RunnerSnapshot& runner, float height) const;
  [[nodiscard]] static std::string law(const PanelContext& context, const RunnerSnapshot& runner, bool known);
  [[nodiscard]] std::string place_words() const;

  std::shared_ptr<Search> search_;
  Point from_{};
  std::uint64_t version_ = 0;
  ErrorAxes axes_;
};

ImU32 axis_color(std::size_t k) {
  return k == 0 ? palette().accent : palette().success;
}

void text_block(std::string_view name, const std::string& text, ImU32 color) {
  const std::string wrapped = widgets::wrap_words(text, ImGui::GetContentRegionAvail().x);
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(wrapped.data(), wrapped.data() + wrapped.size());
  ImGui::PopStyleColor();
  annotate_item(name, "text", {}, text);
}

// From the minimum nearest to the run's end; of a surface without any from the start, by Newton's method, to whatever
// point without a slope that leads to.
void CurvatureTab::seek(PanelContext& context, const RunnerSnapshot& runner) {
  const std::vector<surfaces::Minimum>& minima = context.race.minima;
  const Point head{runner.points[runner.points.size() - 2], runner.points.back()};
  Point from = context.race.config.start;
  if (!minima.empty())
    from = std::min_element(minima.begin(), minima.end(), [&](const auto& a, const auto& b) {
             return distance(a.point, head) < distance(b.point, head);
           })->point;
  if (!search_ || from != from_ || version_ != context.race.config_version) {
    search_ = std::make_shared<Search>();
    search_->place = from_ = from;
    version_ = context.race.config_version;
  } else if (search_->done || search_->under_way) {
    return;
  }
  search_->under_way = true;
  const double length = surfaces::domain_length(context.race.surface_info->domain);
  context.questions.local_model(search_->place, [search = search_, listed = !minima.empty(), length](LocalModel&& model,
                                                                                                     const auto&) {
    const Point step = surfaces::newton_step(model);
    const double far = std::hypot(step[0], step[1]);
    search->model = model;
    search->under_way = false;
    search->done = !(far > kSmallest * length) || (listed && far > kPolish * length) || ++search->steps > kMostSteps;
    search->found = std::isfinite(model.eigenvalues[0] + model.eigenvalues[1]) && (listed || far <= 1e-9 * length);
    if (!search->done)
      for (std::size_t i = 0; i < 2; ++i) search->place[i] += step[i];
  });
}

std::string CurvatureTab::place_words() const {
  const auto& [low, high] = search_->model.eigenvalues;
  const std::string_view kind = !(low < 0) ? "minimum" : high > 0 ? "saddle" : "maximum";
  // Newton's steps leave rounding in the place of a 0, which is written as 0.
  const auto text = [&](std::size_t i) {
    return display_number(std::abs(search_->place[i]) < kSmallest ? 0 : search_->place[i], 4);
  };
  return core::fill("w* is the {} at ({}, {}).", kind, text(0), text(1));
}

// The law that is drawn dashed, and where it holds.
std::string CurvatureTab::law(const PanelContext& context, const RunnerSnapshot& runner, bool known) {
  const optim::CatalogEntry* entry = optim::find_optimizer(runner.config.optimizer);
  const std::string_view title = entry == nullptr ? runner.config.optimizer : entry->info->title;
  if (!known)
    return core::fill(
        "|1 − ηλ| to the power of the step is the law of gradient descent. {} has none like it: only what was measured is drawn.",
        title);
  const std::string_view noise = context.race.config.noise > 0 ? " Noise comes on top." : "";
  if (runner.config.optimizer == "gradient_descent")
    return core::fill(
        "Dashed: |e₀| times |1 − ηλ| to the power of the step, exact on a quadratic; elsewhere it holds near the minimum.{}",
        noise);
  return core::fill("Dashed: {} on each axis alone, exact on a quadratic; elsewhere it holds near the minimum.{}",
                    title, noise);
}

void CurvatureTab::draw_numbers(const RunnerSnapshot& runner) const {
  const LinearMethod method = linear_method(runner.config.optimizer, runner.config.hyperparameters);
  const std::size_t now = runner.losses.size() - 1;
  const bool plain = runner.config.optimizer == "gradient_descent";
  struct Row {
    std::string_view title, name, help;
    std::array<double, 2> values{};
    double floor = 0;  // times the error at the start: below, nothing is told apart
  };
  std::array<Row, 4> rows{
      Row{"curvature λ", "curvature", "The Hessian's eigenvalue at w*.", search_->model.eigenvalues},
      Row{plain ? "1 − ηλ" : "factor a step", "factor", {}},
      Row{"error |e|", "error", "How far the run is from w* along this eigenvector.", {}, kRounding},
      Row{"predicted", "predicted", "Where the dashed line is at this step.", {}, kRounding}};
  const std::string rate =
      core::fill("What the error is multiplied with in a step at η = {}: it shrinks where this lies between −1 and 1.",
                 display_number(runner.learning_rate));
  rows[1].help = rate;
  for (std::size_t k = 0; k < 2; ++k) {
    rows[1].values[k] = method.factor(search_->model.eigenvalues[k], runner.learning_rate);
    rows[2].values[k] = axes_.axis(k).measured.values()[now];
    if (method.known) rows[3].values[k] = axes_.axis(k).predicted.values()[now];
  }
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 5));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float column = (std::min(ImGui::GetContentRegionAvail().x, kNumbers) - kTitles) / 2;
  ImDrawList* list = ImGui::GetWindowDrawList();
  float y = corner.y;
  const auto cell = [&](std::size_t k, std::string_view name, std::optional<double> value, const std::string& text) {
    ImGui::SetCursorScreenPos(ImVec2(corner.x + kTitles + static_cast<float>(k) * column, y));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy(ImVec2(column, kRow));
    annotate_item(core::fill("axis {} {}", k + 1, name), "text", value, text);
    widgets::draw_text(list, ImVec2(at.x + 12, at.y + kRow / 2), at.x + column, palette().text, text);
    return at;
  };
  for (std::size_t k = 0; k < 2; ++k) {
    const double* v = &search_->model.eigenvectors[2 * k];
    const ImVec2 at =
        cell(k, "direction", {}, core::fill("({}, {})", display_number(v[0], 2), display_number(v[1], 2)));
    widgets::tooltip(core::fill("Axis {}: an eigenvector of the Hessian at w*.", k + 1));
    list->AddCircleFilled(ImVec2(at.x + 4, at.y + kRow / 2), 4, axis_color(k));
  }
  for (const Row& row : rows) {
    if (!method.known && (row.name == "factor" || row.name == "predicted")) continue;
    y += kRow;
    widgets::draw_text(list, ImVec2(corner.x, y + kRow / 2), corner.x + kTitles, palette().text_muted, row.title);
    for (std::size_t k = 0; k < 2; ++k) {
      cell(k, row.name, row.values[k], row_text(row.values[k], row.floor * axes_.axis(k).measured.values()[0]));
      widgets::tooltip(row.help);
    }
  }
  ImGui::SetCursorScreenPos(ImVec2(corner.x, y + kRow + 3));
  ImGui::PopStyleVar();
  widgets::pop_font();
}

void CurvatureTab::draw_words(const PanelContext& context, const RunnerSnapshot& runner) const {
  widgets::push_font(widgets::Font::small);
  text_block("curvature place", place_words(), palette().text_muted);
  text_block("curvature law", law(context, runner, axes_.axis(0).predicted.size() > 0), palette().text_muted);
  widgets::pop_font();
}

void CurvatureTab::draw_plot(const RunnerSnapshot& runner, float height) const {
  std::array<widgets::PlotSeries, 4> series;
  constexpr std::array<std::string_view, 4> kLabels{"axis 1", "axis 2", "axis 1 predicted", "axis 2 predicted"};
  const std::size_t now = runner.losses.size();
  double start = 0, high = 0, low = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const ErrorAxes::Axis& axis = axes_.axis(i % 2);
    const CurveExtremes& curve = i < 2 ? axis.measured : axis.predicted;
    series[i] = {.label = kLabels[i],
                 .color = i < 2 ? axis_color(i) : palette().text,
                 .y = curve.values(),
                 .extremes = &curve,
                 .later = curve.size() > now ? curve.size() - now : 0,
                 .dashed = i >= 2,
                 .ends_in_marker = false};
    if (i < 2) start = std::max(start, curve.values()[0]);
  }
  for (std::size_t k = 0; k < 2; ++k)
    for (const double e : axes_.axis(k).measured.values()) {
      if (!(e > kRounding * start)) continue;
      high = std::max(high, std::min(e, kShownRise * start));
      low = low == 0 ? e : std::min(low, e);
    }
  widgets::PlotOptions options;
  options.id = "error by axis";
  options.y_label = "|e| along each axis, log";
  options.x_label = "step";
  options.log_y = true;
  options.legend = false;
  options.height = height;
  options.empty_text = "The run stands at w*: there is no error.";
  if (high > 0) {
    options.y_minimum = std::min(low, high / 10) / 1.6;
    options.y_maximum = high * 1.6;
  }
  widgets::plot(options, std::span(series).first(axes_.axis(0).predicted.size() > 0 ? 4 : 2));
}

void CurvatureTab::draw(PanelContext& context) {
  const race::RaceSnapshot& race = context.race;
  const auto chosen = static_cast<std::size_t>(std::max(context.ui.selected_runner, 0));
  const std::size_t index = chosen < race.runners.size() ? chosen : 0;
  if (race.runners.empty() || race.runners[index].losses.empty())
    return text_block("curvature state", "Add an optimizer to see its error.", palette().text_muted);
  const RunnerSnapshot& runner = race.runners[index];
  seek(context, runner);
  if (!search_->done) return;
  if (!search_->found)
    return text_block("curvature state",
                      race.minima.empty()
                          ? "No minimum is known here, and Newton's method found no other point without a slope: there "
                            "is nothing that an error could be measured from."
                          : "The surface has no curvature at the minimum, and so no axes.",
                      palette().text_muted);
  axes_.follow(runner, search_->place, search_->model, race.config.schedule_steps);
  widgets::push_font(widgets::Font::small);
  text_block(
      "curvature run",
      core::fill("e = w − w* of {}, η = {}", shown_name(context, index).full(), display_number(runner.learning_rate)),
      palette().text);
  widgets::pop_font();
  if (context.width < kColumnsWidth) {
    draw_numbers(runner);
    draw_plot(runner, std::max(kLeastPlot, ImGui::GetContentRegionAvail().y - kWords));
    return draw_words(context, runner);
  }
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::BeginChild("numbers", ImVec2(kNumbers, 0), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  draw_numbers(runner);
  draw_words(context, runner);
  ImGui::EndChild();
  ImGui::SetCursorScreenPos(ImVec2(corner.x + kNumbers + 2 * kGrid, corner.y));
  draw_plot(runner, 0);
}

}  // namespace

std::unique_ptr<Panel> make_curvature_tab() {
  return std::make_unique<CurvatureTab>();
}

}  // namespace descent::web
