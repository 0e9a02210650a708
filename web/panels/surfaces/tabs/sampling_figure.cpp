// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/sampling_figure.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "web/model/plots/colormap.h"
#include "web/model/plots/plot_axis.h"
#include "web/model/words/number_format.h"
#include "web/panels/surfaces/common/chain_dots.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kGap = 12;  // between the images
constexpr float kBar = 10, kBarGap = 8, kBarLabels = 46;
constexpr float kTick = 4;
constexpr float kTitle = 20;
constexpr double kUpdateInterval = 0.1;            // seconds, while chains run: new images cost a whole frame
constexpr double kWidest = 1.6, kNarrowest = 0.6;  // of an image, times its height

double area_of_cell(const sampling::SamplerSnapshot& sampled) {
  const surfaces::Domain& d = sampled.domain;
  return (d.x1 - d.x0) * (d.y1 - d.y0) / (static_cast<double>(sampled.config.bins) * sampled.config.bins);
}

ImU32 scale_color(float t) {
  const Rgb c = colormap(Colormap::viridis, t);
  return ImGui::ColorConvertFloat4ToU32(ImVec4(c.r, c.g, c.b, 1));
}

constexpr float kBeside = kGap + kBarGap + kBar + kBarLabels;  // what images of any width leave

// The width of an image over its height.
float aspect_of(const sampling::SamplerSnapshot& sampled) {
  const surfaces::Domain& d = sampled.domain;
  return static_cast<float>(std::clamp((d.x1 - d.x0) / (d.y1 - d.y0), kNarrowest, kWidest));
}

}  // namespace

float SamplingFigure::image_height(const sampling::SamplerSnapshot& sampled, ImVec2 room) {
  return std::max(24.0F, std::floor(std::min(room.y - kTitle, (room.x - kBeside) / (2 * aspect_of(sampled)))));
}

void SamplingFigure::update(const sampling::SamplerSnapshot& sampled) {
  const Seen seen{sampled.config_version, sampled.samples, sampled.step, sampled.config.temperature,
                  sampled.config.bins};
  if (seen == seen_) return;
  const double now = ImGui::GetTime();
  const bool only_more = seen.same_density(seen_) && seen.samples > seen_.samples;
  if (sampled.playing && only_more && now - updated_at_ < kUpdateInterval) return;  // the snapshot of a pause comes yet
  seen_ = seen;
  updated_at_ = now;
  ++pixels_version_;
  const auto bins = static_cast<std::size_t>(sampled.config.bins);
  const double area = area_of_cell(sampled);
  visited_.resize(bins * bins);
  exact_.resize(bins * bins);
  double most_visited = 0, most_likely = 0;
  for (std::size_t row = 0; row < bins; ++row)
    for (std::size_t column = 0; column < bins; ++column) {
      const std::size_t from = row * bins + column, to = (bins - 1 - row) * bins + column;
      visited_[to] = static_cast<float>(sampled.histogram[from] / area);
      exact_[to] = static_cast<float>(sampled.exact[from] / area);
      most_visited = std::max(most_visited, sampled.histogram[from] / area);
      most_likely = std::max(most_likely, sampled.exact[from] / area);
    }
  high_ = most_likely > 0 ? most_likely : std::max(most_visited, 1e-300);
}

void SamplingFigure::draw_bar(const ImRect& box) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  constexpr int kStrips = 24;
  for (int i = 0; i < kStrips; ++i) {
    const auto y = [&](int k) { return box.Max.y - box.GetHeight() * static_cast<float>(k) / kStrips; };
    const ImU32 upper = scale_color(static_cast<float>(i + 1) / kStrips),
                lower = scale_color(static_cast<float>(i) / kStrips);
    list->AddRectFilledMultiColor(ImVec2(box.Min.x, y(i + 1)), ImVec2(box.Max.x, y(i)), upper, upper, lower, lower);
  }
  const PlotAxis axis{.low = 0, .high = high_};
  const float half = ImGui::GetTextLineHeight() / 2;
  for (const PlotTick& tick : axis.ticks(box.GetHeight(), 34)) {
    if (tick.label.empty()) continue;
    const float y = box.Max.y - static_cast<float>(tick.position) * box.GetHeight();
    list->AddLine(ImVec2(box.Max.x, y), ImVec2(box.Max.x + kTick, y), palette().text_faint);
    widgets::draw_text(list, ImVec2(box.Max.x + kTick + 3, std::clamp(y, box.Min.y + half, box.Max.y - half)),
                       box.Max.x + kBarLabels, palette().text_faint, tick.label);
  }
}

void SamplingFigure::draw_readout(const PanelContext& context, const ImRect& box) const {
  const sampling::SamplerSnapshot& sampled = context.sampled;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto bins = static_cast<std::size_t>(sampled.config.bins);
  const auto share = [](float at, float from, float to) {
    return std::clamp(static_cast<double>((at - from) / (to - from)), 0.0, 1.0 - 1e-9);
  };
  const double u = share(mouse.x, box.Min.x, box.Max.x), v = share(mouse.y, box.Min.y, box.Max.y);
  const std::size_t i = static_cast<std::size_t>(v * static_cast<double>(bins)) * bins +
                        static_cast<std::size_t>(u * static_cast<double>(bins));
  const surfaces::Domain& d = sampled.domain;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 8));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 2));
  if (ImGui::BeginTooltip()) {
    widgets::push_font(widgets::Font::small);
    ImGui::PushItemWidth(150);
    widgets::readout("x", display_number(d.x0 + u * (d.x1 - d.x0), 3));
    widgets::readout("y", display_number(d.y1 - v * (d.y1 - d.y0), 3));
    widgets::readout("visited density", display_number(static_cast<double>(visited_[i]), 3));
    if (sampled.config.temperature > 0)
      widgets::readout("exp(−f/T)/Z", display_number(static_cast<double>(exact_[i]), 3));
    ImGui::PopItemWidth();
    widgets::pop_font();
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(2);
}

void SamplingFigure::draw_image(PanelContext& context, std::string_view label, std::string_view title,
                                const std::vector<float>& density, const ImRect& box) const {
  const sampling::SamplerSnapshot& sampled = context.sampled;
  ImGui::SetCursorScreenPos(box.Min);
  const widgets::Item item =
      widgets::submit_item(label, box.GetSize(), "plot", static_cast<double>(sampled.samples), title);
  if (!item.visible) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  widgets::draw_text(list, ImVec2(box.Min.x, box.Min.y - kTitle / 2), box.Max.x + kGap, palette().text_muted, title);
  const void* texture = context.render.image(label, pixels_version_, sampled.config.bins, sampled.config.bins, density,
                                             0, static_cast<float>(high_), Colormap::viridis);
  list->AddImage(const_cast<void*>(texture), box.Min, box.Max);
  const surfaces::Domain& d = sampled.domain;
  list->PushClipRect(box.Min, box.Max, true);
  draw_chain_dots(sampled, 1.1F, IM_COL32(255, 255, 255, 215), IM_COL32(0, 0, 0, 90), [&](surfaces::Point p) {
    const auto at = [](double t, float low, float high) {
      return low + static_cast<float>(std::clamp(t, -10.0, 10.0)) * (high - low);
    };
    return ImVec2(at((p[0] - d.x0) / (d.x1 - d.x0), box.Min.x, box.Max.x),
                  at((p[1] - d.y0) / (d.y1 - d.y0), box.Max.y, box.Min.y));
  });
  list->PopClipRect();
  list->AddRect(box.Min, box.Max, palette().separator);
  widgets::draw_focus_ring(item);
  if (item.hovered) draw_readout(context, box);
}

void SamplingFigure::draw(PanelContext& context, ImVec2 room) {
  const sampling::SamplerSnapshot& sampled = context.sampled;
  update(sampled);
  const float height = image_height(sampled, room);
  const float width = std::floor(height * aspect_of(sampled));
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float top = corner.y + kTitle;
  widgets::push_font(widgets::Font::small);
  const ImRect left(ImVec2(corner.x, top), ImVec2(corner.x + width, top + height));
  const ImRect right(ImVec2(left.Max.x + kGap, top), ImVec2(left.Max.x + kGap + width, top + height));
  draw_image(context, "visited points", "visited", visited_, left);
  const bool warm = sampled.config.temperature > 0;
  draw_image(context, "exact density", warm ? "exp(−f/T)/Z" : "no density at T = 0", exact_, right);
  const float bar = right.Max.x + kBarGap;
  draw_bar(ImRect(ImVec2(bar, top), ImVec2(bar + kBar, top + height)));
  widgets::pop_font();
  size_ = ImVec2(2 * width + kBeside, kTitle + height);
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy(size_);
}

}  // namespace descent::web
