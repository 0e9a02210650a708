// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/weights_lens.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/words/place_words.h"
#include "web/panels/network/lenses/weights/distribution_figure.h"
#include "web/panels/network/lenses/weights/product_view.h"
#include "web/panels/network/lenses/weights/rank_figure.h"
#include "web/panels/network/lenses/weights/spectrum_figure.h"
#include "web/panels/network/lenses/weights/weight_picture.h"
#include "web/panels/network/lenses/weights/window_view.h"
#include "web/panels/network/texts.h"
#include "web/state/matrix_choice.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kTwoColumns = 560;  // width from which there are two
constexpr float kWidestChooser = 420;

constexpr std::array<std::string_view, 3> kViews{"Spectrum", "Product", "Convolution"};
constexpr std::array<std::string_view, 3> kViewHelp{
    "What a matrix looks like, which directions it stretches, and what is left of the network at a lower rank.",
    "z = W x + b of a fully connected layer for this digit, read three ways.",
    "How a window slides over the digit: sizes, what belongs to which cell, and the same as a sparse matrix."};

class WeightsLens : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void refresh_choice(const PanelContext& context);
  void draw_chooser(PanelContext& context);
  void draw_spectrum(PanelContext& context, const nn::WeightOutline& weight);

  nn::NetworkSpec network_;  // whose matrices they are
  std::string wanted_;
  MatrixChoice choice_;
  std::vector<std::string> titles_;  // of the choice's entries
  SpectrumFigure spectrum_;
  WeightPicture picture_;
  DistributionFigure distribution_;
  RankFigure rank_;
  ProductView product_;
  WindowView window_;
};

// "Convolution 0.weight 32×9"
std::string title_of(const MatrixEntry& entry) {
  return core::fill("{} {} {}×{}", layer_title(entry.type), entry.weight.parameter, entry.weight.rows(),
                    entry.weight.columns());
}

void WeightsLens::refresh_choice(const PanelContext& context) {
  const nn::NetworkSpec& network = context.trainer.config.network;
  if (!titles_.empty() && network_ == network && wanted_ == context.ui.lens.matrix) return;
  network_ = network;
  wanted_ = context.ui.lens.matrix;
  choice_ = choose_matrix(network_, wanted_);
  titles_.clear();
  for (const MatrixEntry& entry : choice_.entries) titles_.push_back(title_of(entry));
}

void WeightsLens::draw_chooser(PanelContext& context) {
  const std::vector<std::string_view> entries(titles_.begin(), titles_.end());
  auto index = static_cast<int>(choice_.index);
  ImGui::SetNextItemWidth(std::min(ImGui::GetContentRegionAvail().x, kWidestChooser));
  if (!widgets::combo("Matrix", index, entries,
                      "Which weights: outputs × inputs of each. A convolution's inputs are those of one window."))
    return;
  choice_.index = static_cast<std::size_t>(index);
  context.ui.lens.matrix = wanted_ = choice_.shown()->weight.parameter;
  context.ui.lens.rank = 0;
}

// A column that is as high as what stands in it; the lens scrolls.
void begin_column(const char* name, float width) {
  ImGui::BeginChild(name, ImVec2(width, 0), ImGuiChildFlags_AutoResizeY,
                    ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_NoScrollbar);
}

void WeightsLens::draw_spectrum(PanelContext& context, const nn::WeightOutline& weight) {
  const float room = ImGui::GetContentRegionAvail().x;
  const bool two = room >= kTwoColumns;
  constexpr float kGap = 2 * widgets::kGrid;
  const float width = two ? (room - kGap) / 2 : room;
  const float plot = std::clamp(0.3f * context.height, 150.0f, 260.0f);
  const float picture = std::clamp(0.45f * context.height, 200.0f, 520.0f);
  begin_column("left", width);
  spectrum_.draw(context, weight, plot);
  if (two) rank_.draw(context, weight, plot);
  ImGui::EndChild();
  if (two) ImGui::SameLine(0, kGap);
  begin_column("right", width);
  picture_.draw(context, weight, picture);
  distribution_.draw(context, weight, plot);
  if (!two) rank_.draw(context, weight, plot);
  ImGui::EndChild();
}

void WeightsLens::draw(PanelContext& context) {
  refresh_choice(context);
  WeightsView& view = context.ui.lens.view;
  auto index = static_cast<int>(view);
  if (widgets::segments("weights view", kViews, index, kViewHelp)) view = static_cast<WeightsView>(index);
  if (view == WeightsView::convolution) {
    if (context.width >= kTwoColumns) ImGui::SameLine(0, 2 * widgets::kGrid);
    return window_.draw(context, digit_filters(choice_));
  }
  if (choice_.shown() == nullptr) {
    hint("This network has no weights.");
    return;
  }
  if (context.width >= kTwoColumns) ImGui::SameLine(0, 2 * widgets::kGrid);
  draw_chooser(context);
  const MatrixEntry& entry = *choice_.shown();
  if (view == WeightsView::product) return product_.draw(context, entry);
  if (context.trainer.matrices.parameter != entry.weight.parameter || context.trainer.matrices.history.empty()) {
    hint("The matrix appears in a moment.");
    return;
  }
  draw_spectrum(context, entry.weight);
}

}  // namespace

std::unique_ptr<Panel> make_weights_lens() {
  return std::make_unique<WeightsLens>();
}

}  // namespace descent::web
