// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/sampling_tab.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "web/model/words/sampling_words.h"
#include "web/panels/surfaces/common/chain_dots.h"
#include "web/panels/surfaces/common/run_labels.h"
#include "web/panels/surfaces/tabs/sampling_controls.h"
#include "web/panels/surfaces/tabs/sampling_figure.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::kGrid;
using widgets::palette;

constexpr float kColumnsWidth = 860;  // from here on everything stands side by side
constexpr float kControls = 240;
constexpr float kPlot = 168, kTallPlot = 250;  // at least
constexpr float kWords = 164;                  // beside the plot; or below the images
constexpr float kTallWords = 110;              // their height there
constexpr float kLeastWords = 320;             // and their width
constexpr float kDetailsHeight = 250;          // from here on the strip is tall, and all controls are shown
constexpr float kLowest = 120;                 // of the figures, where there is no room for them
constexpr float kFlattest = 72;                // of the figure, below the buttons in a low strip
constexpr float kBesideWidth = 400;            // from here on the sliders stand side by side where all is stacked
constexpr float kColumnGap = 2 * kGrid;

class SamplingTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void draw_columns(PanelContext& context);
  void draw_stacked(PanelContext& context);
  static void draw_words(const PanelContext& context, float width);
  void draw_divergence(const PanelContext& context, ImVec2 size, bool legend);

  SamplingFigure figure_;
  std::vector<double> samples_, kl_, expected_;
};

void SamplingTab::draw_words(const PanelContext& context, float width) {
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 5));
  for (const SamplingLine& line : sampling_lines(context.sampled)) {
    const std::string text = wrap_words(line.text, width);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size = ImGui::CalcTextSize(text.data(), text.data() + text.size());
    ImGui::GetWindowDrawList()->AddText(at, line.warning ? palette().warning : palette().text_muted, text.data(),
                                        text.data() + text.size());
    ImGui::Dummy(ImVec2(width, size.y));
    annotate_item("sampling " + std::string(to_string(line.topic)), "text", line.value, line.text);
    widgets::tooltip(explanation(line.topic));
  }
  ImGui::PopStyleVar();
  widgets::pop_font();
}

void SamplingTab::draw_divergence(const PanelContext& context, ImVec2 size, bool legend) {
  samples_.clear();
  kl_.clear();
  expected_.clear();
  const sampling::SamplerSnapshot& sampled = context.sampled;
  const bool warm = sampled.config.temperature > 0;
  if (warm)
    for (const sampling::KlPoint& point : sampled.history) {
      samples_.push_back(static_cast<double>(point.samples));
      kl_.push_back(point.kl);
      expected_.push_back(point.expected);
    }
  const std::vector<widgets::PlotSeries> series{
      {.label = "chains", .color = palette().accent, .y = kl_, .x = samples_},
      {.label = "independent draws", .color = palette().text_muted, .y = expected_, .x = samples_, .dashed = true}};
  widgets::PlotOptions options;
  options.id = "divergence";
  options.y_label = "KL(visited ‖ exact), nats";
  options.x_label = "samples";
  options.log_y = options.log_x = true;
  options.x_minimum = samples_.empty() ? 1 : samples_.front();
  options.x_maximum = std::max(samples_.empty() ? 10 : samples_.back(), 10 * options.x_minimum);
  options.legend = legend;
  options.height = size.y;
  options.empty_text = warm ? "The divergence appears with the first samples." : "No density at T = 0 to compare with.";
  ImGui::SetNextItemWidth(size.x);
  widgets::plot(options, series);
}

void SamplingTab::draw_columns(PanelContext& context) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const bool tall = context.height >= kDetailsHeight;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(kGrid, tall ? kGrid : 2));
  ImGui::BeginGroup();
  draw_temperature(context, kControls);
  draw_step_size(context, kControls);
  draw_sampler_buttons(context, kControls);
  draw_sampler_numbers(context, kControls);
  if (tall) draw_sampler_details(context, kControls);
  ImGui::EndGroup();
  ImGui::PopStyleVar();
  if (!chains_are_current(context)) return;
  const float left = corner.x + kControls + 1.5F * kColumnGap;
  const float right = corner.x + context.width;
  const float height = std::max(context.height, kLowest);
  // The words beside the plot or below the images, whichever makes these larger.
  const ImVec2 beside(right - left - (kPlot + kWords + 2 * kColumnGap), height);
  const ImVec2 above(right - left - (kTallPlot + kColumnGap), height - kTallWords);
  const bool below =
      SamplingFigure::image_height(context.sampled, above) > SamplingFigure::image_height(context.sampled, beside);
  ImGui::SetCursorScreenPos(ImVec2(left, corner.y));
  figure_.draw(context, below ? above : beside);
  const float width = std::max(figure_.size().x, below ? kLeastWords : 0.0F);
  ImGui::SetCursorScreenPos(below ? ImVec2(left, corner.y + figure_.size().y + 1.5F * kGrid)
                                  : ImVec2(right - kWords, corner.y + 4));
  ImGui::BeginGroup();
  draw_words(context, below ? width : kWords);
  ImGui::EndGroup();
  const float plot = left + width + kColumnGap;
  ImGui::SetCursorScreenPos(ImVec2(plot, corner.y));
  draw_divergence(context, ImVec2(right - plot - (below ? 0 : kWords + kColumnGap), height), below);
}

void SamplingTab::draw_stacked(PanelContext& context) {
  const float width = context.width;
  const bool beside = width >= kBesideWidth;
  const float slider = beside ? (width - kColumnGap) / 2 : width;
  // A low tab shows the figure first, as little else is in sight.
  const bool low = context.height < 2 * kLowest;
  const auto draw_first_sliders = [&] {
    draw_temperature(context, slider);
    if (!beside) return;
    ImGui::SameLine(0, kColumnGap);
    draw_step_size(context, slider);
  };
  draw_sampler_buttons(context, width);
  if (!low) draw_first_sliders();
  if (chains_are_current(context)) {
    const float rest = context.height - widgets::control_height() - 1.5F * kGrid;
    figure_.draw(context, ImVec2(width, low ? std::max(rest, kFlattest) : std::max(context.height, 2 * kLowest)));
    ImGui::Dummy(ImVec2(0, kGrid / 2));
    draw_words(context, width);
  }
  if (low) draw_first_sliders();
  if (!beside) draw_step_size(context, slider);
  if (chains_are_current(context)) draw_divergence(context, ImVec2(width, 1.5F * kLowest), true);
  draw_sampler_numbers(context, width);
  draw_sampler_details(context, width);
}

void SamplingTab::draw(PanelContext& context) {
  if (context.width >= kColumnsWidth)
    draw_columns(context);
  else
    draw_stacked(context);
}

}  // namespace

std::unique_ptr<Panel> make_sampling_tab() {
  return std::make_unique<SamplingTab>();
}

}  // namespace descent::web
