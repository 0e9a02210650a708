// SPDX-License-Identifier: MIT
#include "web/panels/network/tabs/activations_tab.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "web/panels/network/presets.h"
#include "web/panels/network/tabs/class_chart.h"
#include "web/panels/network/tabs/tab_texts.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kGap = widgets::kGrid;
constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();  // between the maps: drawn transparent

// The rows of `count` maps that stand in a grid as high as wide or twice as high.
int mosaic_rows(int count) {
  int rows = 1;
  while (rows * rows < count) rows *= 2;
  return std::min(rows, count);
}

// The shape in words: "26×26×32", "128".
std::string extents(const nn::Shape& shape) {
  if (shape.flat) return std::to_string(shape.size());
  return core::fill("{}×{}×{}", shape.height, shape.width, shape.channels);
}

class ActivationsTab : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  // A layer's channels side by side in one picture, refilled when the inspection changes.
  struct Mosaic {
    std::uint64_t version = 0;
    int width = 0, height = 0;  // pixels of the whole picture, with a gap of one between maps
    float low = 0, high = 0;
    std::vector<float> pixels;
  };

  void draw_layer(PanelContext& context, std::size_t index, float height);
  void draw_source(PanelContext& context, float height);
  static void refill(Mosaic& mosaic, const training::LayerActivation& layer);

  std::vector<Mosaic> layers_;
};

void ActivationsTab::draw_source(PanelContext& context, float height) {
  const training::Inspection& inspection = context.trainer.inspection;
  const float side = std::min(112.0f, height - 4 * kCaption);
  ImGui::BeginGroup();
  small_text(widgets::palette().text_muted, inspection.test_index < 0 ? "Your drawing" : "Test image");
  if (inspection.image.size() == 784) {
    ImGui::Image(
        context.render.image("inspected digit", inspection.version, 28, 28, inspection.image, 0, 1, Colormap::gray),
        ImVec2(side, side));
    annotate_item("inspected digit", "image");
  } else {
    ImGui::Dummy(ImVec2(side, side));
  }
  double index = static_cast<double>(context.ui.test_index);
  ImGui::PushItemWidth(side);
  const double last = std::max(0.0, static_cast<double>(context.trainer.test_count) - 1);
  if (widgets::number_field("Image", index, "Which image of the test set the layers are shown for.")) {
    context.ui.test_index = static_cast<std::int64_t>(std::clamp(std::round(index), 0.0, last));
    context.commands.inspect_test_image(context.ui.test_index);
  }
  ImGui::PopItemWidth();
  if (widgets::button("Another image", widgets::Icon::dice, "Look at another image of the test set.",
                      context.trainer.test_count > 0)) {
    context.ui.test_index = (context.ui.test_index + 1) % std::max<std::int64_t>(1, context.trainer.test_count);
    context.commands.inspect_test_image(context.ui.test_index);
  }
  ImGui::EndGroup();
}

// A vector becomes a grid of cells, a feature map keeps its pixels; maps stand in a grid about twice as high as wide.
void ActivationsTab::refill(Mosaic& mosaic, const training::LayerActivation& layer) {
  const bool vector = layer.shape.flat || layer.shape.size() == layer.shape.channels;
  const int count = layer.shape.channels * (vector ? layer.shape.height * layer.shape.width : 1);
  const int rows = mosaic_rows(count);
  const int columns = (count + rows - 1) / rows;
  const int map_width = vector ? 1 : layer.shape.width;
  const int map_height = vector ? 1 : layer.shape.height;
  const int gap = vector ? 0 : 1;
  mosaic.width = columns * (map_width + gap) - gap;
  mosaic.height = rows * (map_height + gap) - gap;
  mosaic.pixels.assign(static_cast<std::size_t>(mosaic.width) * static_cast<std::size_t>(mosaic.height), kMissing);
  const auto [low, high] = std::minmax_element(layer.values.begin(), layer.values.end());
  mosaic.low = std::min(0.0f, *low);
  mosaic.high = std::max(*high, mosaic.low + 1e-6f);
  for (int k = 0; k < count; ++k)
    for (int y = 0; y < map_height; ++y)
      for (int x = 0; x < map_width; ++x) {
        const int px = (k % columns) * (map_width + gap) + x;
        const int py = (k / columns) * (map_height + gap) + y;
        mosaic.pixels[static_cast<std::size_t>(py * mosaic.width + px)] =
            layer.values[static_cast<std::size_t>((y * map_width + x) * count + k)];
      }
}

void ActivationsTab::draw_layer(PanelContext& context, std::size_t index, float height) {
  const training::Inspection& inspection = context.trainer.inspection;
  const training::LayerActivation& layer = inspection.layers[index];
  Mosaic& mosaic = layers_[index];
  if (mosaic.version != inspection.version) {
    refill(mosaic, layer);
    mosaic.version = inspection.version;
  }
  const float picture = height - kCaption * 2;
  const float scale = picture / static_cast<float>(mosaic.height);
  ImGui::BeginGroup();
  small_text(widgets::palette().text, std::string(layer_title(layer.type)));
  small_text(widgets::palette().text_muted, extents(layer.shape));
  const std::string key = "activation " + std::to_string(index);
  ImGui::Image(context.render.image(key, mosaic.version, mosaic.width, mosaic.height, mosaic.pixels, mosaic.low,
                                    mosaic.high, Colormap::viridis),
               ImVec2(static_cast<float>(mosaic.width) * scale, picture));
  annotate_item(key, "image");
  ImGui::EndGroup();
}

void ActivationsTab::draw(PanelContext& context) {
  const training::Inspection& inspection = context.trainer.inspection;
  const float height = std::max(ImGui::GetContentRegionAvail().y - ImGui::GetStyle().ScrollbarSize - kGap, 120.0f);
  if (inspection.layers.empty() && context.trainer.test_count > 0 && inspection.version == 0)
    context.commands.inspect_test_image(context.ui.test_index);
  ImGui::BeginChild("layers", ImVec2(0, 0), false, ImGuiWindowFlags_HorizontalScrollbar);
  draw_source(context, height);
  layers_.resize(inspection.layers.size());
  for (std::size_t i = 0; i < inspection.layers.size() && i < context.trainer.config.network.layers.size(); ++i) {
    if (inspection.layers[i].type == "flatten") continue;
    ImGui::SameLine(0, 2 * kGap);
    draw_layer(context, i, height);
  }
  const std::vector<std::int32_t>& labels = context.trainer.class_labels;
  if (inspection.probabilities.size() == labels.size()) {
    ImGui::SameLine(0, 2 * kGap);
    ImGui::BeginGroup();
    small_text(widgets::palette().text, "Softmax");
    small_text(widgets::palette().text_faint,
               inspection.label >= 0 ? core::fill("label {}", labels[static_cast<std::size_t>(inspection.label)])
                                     : "no label");
    draw_probabilities({inspection.probabilities, labels, inspection.label}, 168, height - 2 * kCaption);
    ImGui::EndGroup();
  }
  if (inspection.layers.empty()) hint("The layers appear as soon as a data set is there.");
  ImGui::EndChild();
}

}  // namespace

std::unique_ptr<Panel> make_activations_tab() {
  return std::make_unique<ActivationsTab>();
}

}  // namespace descent::web
