// SPDX-License-Identifier: MIT
#include "web/panels/network/data_set.h"

#include <imgui.h>

#include <algorithm>
#include <limits>
#include <string>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/bridge/bridge.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using training::TrainerSnapshot;

constexpr int kSide = data::kDigitSize;
constexpr int kGap = 2;  // pixels between two images
constexpr float kTransparent = std::numeric_limits<float>::quiet_NaN();

// Only a visitor's images may lie on their side: the site's own sets are the right way round.
bool may_lie(const TrainerSnapshot& trainer) {
  return trainer.layout == data::Layout::transposed || (trainer.train_count > 0 && trainer.catalog_name.empty());
}

void readouts(const TrainerSnapshot& trainer) {
  widgets::readout("Data set", trainer.train_count == 0 ? "none" : trainer.dataset);
  if (trainer.train_count == 0) return;
  widgets::readout("Images",
                   core::fill("{} + {} test", core::grouped(trainer.train_count), core::grouped(trainer.test_count)));
  const std::string classes = core::grouped(static_cast<std::int64_t>(trainer.class_labels.size()));
  widgets::readout("Classes",
                   core::fill("{}, {} to {}", classes, trainer.class_labels.front(), trainer.class_labels.back()));
}

// Images side by side become one picture.
std::vector<float> side_by_side(std::span<const float> images, int count) {
  const int width = count * (kSide + kGap) - kGap;
  std::vector<float> pixels(static_cast<std::size_t>(width * kSide), kTransparent);
  for (int i = 0; i < count; ++i)
    for (int y = 0; y < kSide; ++y)
      std::copy_n(images.begin() + (i * kSide + y) * kSide, kSide, pixels.begin() + y * width + i * (kSide + kGap));
  return pixels;
}

void draw_labels(const TrainerSnapshot& trainer, ImVec2 low, float step, float image) {
  widgets::push_font(widgets::Font::small);
  for (std::size_t i = 0; i < trainer.preview_classes.size(); ++i) {
    const std::string label =
        std::to_string(trainer.class_labels[static_cast<std::size_t>(trainer.preview_classes[i])]);
    const float x = low.x + static_cast<float>(i) * step + (image - ImGui::CalcTextSize(label.c_str()).x) / 2;
    ImGui::GetWindowDrawList()->AddText(ImVec2(x, low.y), widgets::palette().text_muted, label.c_str());
  }
  ImGui::Dummy(ImVec2(0, ImGui::GetTextLineHeight()));
  widgets::pop_font();
}

// preview_text() says in words what the preview shows.
std::string preview_text(const TrainerSnapshot& trainer) {
  std::string text;
  for (const int k : trainer.preview_classes)
    text += (text.empty() ? "" : " ") + std::to_string(trainer.class_labels[static_cast<std::size_t>(k)]);
  return text;
}

void way_back(PanelContext& context, const training::EarlierRun& earlier) {
  const std::string data = earlier.dataset.empty() ? "no data set" : earlier.dataset;
  widgets::note(core::fill("Before: {}, {} outputs, step {}.", data, earlier.outputs, core::grouped(earlier.step)));
  if (widgets::button("Undo", widgets::Icon::back,
                      "Brings back the data set before this one, with its network, weights and curves. The page "
                      "keeps the present run, and the same button brings it back."))
    context.commands.undo_load();
}

}  // namespace

void DataSection::preview(PanelContext& context) {
  const TrainerSnapshot& trainer = context.trainer;
  const auto count = static_cast<int>(trainer.preview_classes.size());
  if (count == 0) return;
  if (version_ != trainer.preview_version || pixels_.empty()) {
    pixels_ = side_by_side(trainer.preview, count);
    version_ = trainer.preview_version;
  }
  const int width = count * (kSide + kGap) - kGap;
  const float scale = std::min(1.5F, ImGui::GetContentRegionAvail().x / static_cast<float>(width));
  ImGui::Image(context.render.image("data preview", version_, width, kSide, pixels_, 0, 1, Colormap::gray),
               ImVec2(scale * static_cast<float>(width), scale * kSide));
  annotate_item("data preview", "image", {}, preview_text(trainer));
  widgets::tooltip("The first training images as the network gets them, and their labels.");
  draw_labels(trainer, ImGui::GetCursorScreenPos(), scale * (kSide + kGap), scale * kSide);
  bool turned = trainer.layout == data::Layout::transposed;
  if (widgets::toggle("Turn images", turned,
                      "Swaps the rows and columns of every image. Use it for sets whose images lie on their side, "
                      "such as EMNIST. Training starts anew."))
    context.commands.turn_images(turned);
}

void DataSection::draw(PanelContext& context) {
  widgets::section_title("Data");
  const TrainerSnapshot& trainer = context.trainer;
  if (const bridge::DatasetProgress& progress = bridge::dataset_progress(); progress.active)
    widgets::progress_bar(progress.fraction, progress.text);
  else
    readouts(trainer);
  if (may_lie(trainer)) preview(context);
  if (widgets::button(
          "Load IDX files", widgets::Icon::upload,
          "Take images and labels of your own: four IDX files (plain or .gz), chosen together or dropped onto "
          "the page. They stay in this browser."))
    bridge::request_files(bridge::FileRequest::dataset);
  if (trainer.earlier) way_back(context, *trainer.earlier);
}

}  // namespace descent::web
