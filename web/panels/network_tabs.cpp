// SPDX-License-Identifier: MIT
#include "web/panels/network_tabs.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>

#include "web/panels/network_presets.h"
#include "web/ui_items.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kGap = widgets::kGrid;
constexpr float kCaption = 20;                                       // height of a line of small text
constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();  // between the maps: drawn transparent

// Columns and rows for n maps of w × h in a picture of about the given height: near the proportions 1 : 2.
int mosaic_rows(int count) {
  int rows = 1;
  while (rows * rows < count) rows *= 2;
  return std::min(rows, count);
}

void small_text(ImU32 color, const std::string& text) {
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
  widgets::pop_font();
}

void hint(const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::palette().text_muted);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void inspect(PanelContext& context) {
  context.host.trainer().post(
      [index = context.ui.test_index](train::Trainer& trainer) { trainer.inspect_test_image(index); });
}

}  // namespace

void NetworkTabsPanel::draw(PanelContext& context) {
  constexpr std::array<std::string_view, 3> labels{"Filters", "Activations", "Draw"};
  constexpr std::array<std::string_view, 3> tooltips{
      "The weights of the first convolution: what each of its channels looks for.",
      "What every layer makes of one digit, refreshed while the network learns.",
      "Draw a digit and watch what the network takes it for."};
  int selected = static_cast<int>(context.ui.tab);
  if (widgets::segments("network tabs", labels, selected, tooltips)) context.ui.tab = static_cast<NetworkTab>(selected);
  ImGui::Dummy(ImVec2(0, kGap / 2));
  switch (context.ui.tab) {
    case NetworkTab::filters:
      draw_filters(context);
      break;
    case NetworkTab::activations:
      draw_activations(context);
      break;
    case NetworkTab::draw:
      draw_pad(context);
      break;
  }
}

void NetworkTabsPanel::draw_filters(PanelContext& context) {
  const train::TrainerSnapshot& trainer = context.trainer;
  if (trainer.filters.empty() || trainer.filters_shape.size() != 4) {
    hint("This network does not begin with a convolution, so there are no filters to see.");
    return;
  }
  const int kernel = static_cast<int>(trainer.filters_shape[2]);
  const int count = static_cast<int>(trainer.filters_shape[0] * trainer.filters_shape[1]);
  const ImVec2 room = ImGui::GetContentRegionAvail();
  float largest = 0;
  for (const float weight : trainer.filters) largest = std::max(largest, std::fabs(weight));
  std::array<char, 160> caption{};
  std::snprintf(caption.data(), caption.size(), "%d filters of %d×%d, from −%.2f (blue) over 0 to +%.2f (red)", count,
                kernel, kernel, static_cast<double>(largest), static_cast<double>(largest));
  small_text(widgets::palette().text_muted, caption.data());

  // The largest cell for which all filters fit into the room.
  float cell = 56;
  const float height = std::max(room.y - kCaption - kGap, 48.0f);
  while (cell > 16 &&
         std::ceil(static_cast<float>(count) / std::floor(room.x / (cell + kGap))) * (cell + kGap) > height)
    cell -= 1;
  const int columns = std::max(1, static_cast<int>(room.x / (cell + kGap)));
  for (int i = 0; i < count; ++i) {
    if (i % columns != 0) ImGui::SameLine(0, kGap);
    const std::span<const float> values(trainer.filters.data() + static_cast<std::ptrdiff_t>(i) * kernel * kernel,
                                        static_cast<std::size_t>(kernel * kernel));
    const std::string key = "filter " + std::to_string(i);
    ImGui::Image(context.render.image(key, trainer.filters_version, kernel, kernel, values, -largest, largest,
                                      render::Colormap::diverging),
                 ImVec2(cell, cell));
    annotate_item(key, "image");
  }
}

void NetworkTabsPanel::draw_source(PanelContext& context, float height) {
  const train::Inspection& inspection = context.trainer.inspection;
  const float side = std::min(112.0f, height - 4 * kCaption);
  ImGui::BeginGroup();
  small_text(widgets::palette().text_muted, inspection.test_index < 0 ? "Your drawing" : "Test digit");
  if (inspection.image.size() == 784) {
    ImGui::Image(context.render.image("inspected digit", inspection.version, 28, 28, inspection.image, 0, 1,
                                      render::Colormap::gray),
                 ImVec2(side, side));
    annotate_item("inspected digit", "image");
  } else {
    ImGui::Dummy(ImVec2(side, side));
  }
  double index = static_cast<double>(context.ui.test_index);
  ImGui::PushItemWidth(side);
  const double last = std::max(0.0, static_cast<double>(context.trainer.test_count) - 1);
  if (widgets::number_field("Test image", index, "Which image of the test set the layers are shown for.")) {
    context.ui.test_index = static_cast<std::int64_t>(std::clamp(std::round(index), 0.0, last));
    inspect(context);
  }
  ImGui::PopItemWidth();
  if (widgets::button("Next digit", widgets::Icon::dice, "Look at another image of the test set.",
                      context.trainer.test_count > 0)) {
    context.ui.test_index = (context.ui.test_index + 1) % std::max<std::int64_t>(1, context.trainer.test_count);
    inspect(context);
  }
  ImGui::EndGroup();
}

void NetworkTabsPanel::draw_layer(PanelContext& context, std::size_t index, float height) {
  const train::Inspection& inspection = context.trainer.inspection;
  const train::LayerActivation& layer = inspection.layers[index];
  if (layers_.size() <= index) layers_.resize(inspection.layers.size());
  Mosaic& mosaic = layers_[index];
  const nn::Shape& shape = layer.shape;
  const int maps = shape.flat ? 1 : shape.channels;
  // A vector is laid out as a grid of cells, a map keeps its pixels.
  const int cells = shape.flat ? static_cast<int>(shape.size()) : 0;
  const int rows = shape.flat ? mosaic_rows(cells) : mosaic_rows(maps);
  const int columns = ((shape.flat ? cells : maps) + rows - 1) / rows;
  const int map_width = shape.flat ? 1 : shape.width;
  const int map_height = shape.flat ? 1 : shape.height;
  const int gap = shape.flat ? 0 : 1;
  if (mosaic.version != inspection.version || mosaic.pixels.empty()) {
    mosaic.version = inspection.version;
    mosaic.columns = columns;
    mosaic.rows = rows;
    mosaic.width = columns * (map_width + gap) - gap;
    mosaic.height = rows * (map_height + gap) - gap;
    mosaic.pixels.assign(static_cast<std::size_t>(mosaic.width) * static_cast<std::size_t>(mosaic.height), kMissing);
    const auto [low, high] = std::minmax_element(layer.values.begin(), layer.values.end());
    mosaic.low = std::min(0.0f, *low);
    mosaic.high = std::max(*high, mosaic.low + 1e-6f);
    const auto channels = static_cast<std::size_t>(shape.flat ? 1 : shape.channels);
    for (int k = 0; k < (shape.flat ? cells : maps); ++k)
      for (int y = 0; y < map_height; ++y)
        for (int x = 0; x < map_width; ++x) {
          const std::size_t source =
              shape.flat ? static_cast<std::size_t>(k)
                         : static_cast<std::size_t>(y * shape.width + x) * channels + static_cast<std::size_t>(k);
          const int px = (k % columns) * (map_width + gap) + x;
          const int py = (k / columns) * (map_height + gap) + y;
          mosaic.pixels[static_cast<std::size_t>(py) * static_cast<std::size_t>(mosaic.width) +
                        static_cast<std::size_t>(px)] = layer.values[source];
        }
  }
  const float picture = height - kCaption * 2;
  const float scale = picture / static_cast<float>(mosaic.height);
  ImGui::BeginGroup();
  small_text(widgets::palette().text, describe(context.trainer.config.network.layers[index]));
  small_text(widgets::palette().text_faint, nn::to_string(shape));
  const std::string key = "activation " + std::to_string(index);
  ImGui::Image(context.render.image(key, mosaic.version, mosaic.width, mosaic.height, mosaic.pixels, mosaic.low,
                                    mosaic.high, render::Colormap::viridis),
               ImVec2(static_cast<float>(mosaic.width) * scale, picture));
  annotate_item(key, "image");
  ImGui::EndGroup();
}

void NetworkTabsPanel::draw_activations(PanelContext& context) {
  const train::Inspection& inspection = context.trainer.inspection;
  const float height = std::max(ImGui::GetContentRegionAvail().y - ImGui::GetStyle().ScrollbarSize - kGap, 120.0f);
  if (inspection.layers.empty() && context.trainer.test_count > 0 && inspection.version == 0) inspect(context);
  ImGui::BeginChild("layers", ImVec2(0, 0), false, ImGuiWindowFlags_HorizontalScrollbar);
  draw_source(context, height);
  for (std::size_t i = 0; i < inspection.layers.size() && i < context.trainer.config.network.layers.size(); ++i) {
    if (inspection.layers[i].type == "flatten") continue;
    ImGui::SameLine(0, 2 * kGap);
    draw_layer(context, i, height);
  }
  if (!inspection.probabilities.empty()) {
    ImGui::SameLine(0, 2 * kGap);
    ImGui::BeginGroup();
    small_text(widgets::palette().text, "Softmax");
    small_text(widgets::palette().text_faint,
               inspection.label >= 0 ? "label " + std::to_string(inspection.label) : "no label");
    draw_probabilities(inspection.probabilities, inspection.label, 168, height - 2 * kCaption);
    ImGui::EndGroup();
  }
  if (inspection.layers.empty()) hint("The layers appear as soon as a data set is there.");
  ImGui::EndChild();
}

void draw_probabilities(std::span<const float> probabilities, int label, float width, float height) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const widgets::Palette& colors = widgets::palette();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const auto count = std::max<std::size_t>(probabilities.size(), 10);
  const float row = height / static_cast<float>(count);
  const float digit = 16;
  const float figure = 52;
  const auto best = std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin();
  widgets::push_font(widgets::Font::small);
  for (std::size_t k = 0; k < count; ++k) {
    const float y = origin.y + static_cast<float>(k) * row;
    const float text_y = y + (row - ImGui::GetFontSize()) / 2;
    const bool is_label = static_cast<int>(k) == label;
    list->AddText(ImVec2(origin.x, text_y), is_label ? colors.text : colors.text_muted, std::to_string(k).c_str());
    const float bar = width - digit - figure;
    const ImVec2 low(origin.x + digit, y + row * 0.2f);
    list->AddRectFilled(low, ImVec2(low.x + bar, y + row * 0.8f), colors.raised, 2);
    if (k >= probabilities.size()) continue;
    const bool largest = static_cast<std::ptrdiff_t>(k) == best;
    list->AddRectFilled(low, ImVec2(low.x + std::max(1.0f, bar * probabilities[k]), y + row * 0.8f),
                        largest ? colors.accent : colors.text_faint, 2);
    std::array<char, 16> percent{};
    std::snprintf(percent.data(), percent.size(), "%.1f %%", 100 * static_cast<double>(probabilities[k]));
    const float text_width = ImGui::CalcTextSize(percent.data()).x;
    list->AddText(ImVec2(origin.x + width - text_width, text_y), largest ? colors.text : colors.text_muted,
                  percent.data());
  }
  widgets::pop_font();
  ImGui::Dummy(ImVec2(width, height));
  annotate_item("probabilities", "chart",
                probabilities.empty() ? std::optional<double>{} : std::optional<double>(static_cast<double>(best)));
}

}  // namespace descent::web
