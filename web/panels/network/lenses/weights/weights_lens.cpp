// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/weights_lens.h"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/fill.h"
#include "web/model/words/place_words.h"
#include "web/panels/network/lenses/weights/distribution_figure.h"
#include "web/panels/network/lenses/weights/rank_figure.h"
#include "web/panels/network/lenses/weights/spectrum_figure.h"
#include "web/panels/network/lenses/weights/weight_picture.h"
#include "web/panels/network/texts.h"
#include "web/state/matrix_choice.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kTwoColumns = 560;  // width from which there are two
constexpr float kWidestChooser = 420;

class WeightsLens : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  void refresh_choice(const PanelContext& context);
  void draw_chooser(PanelContext& context);

  nn::NetworkSpec network_;  // whose matrices they are
  std::string wanted_;
  MatrixChoice choice_;
  std::vector<std::string> titles_;  // of the choice's entries
  SpectrumFigure spectrum_;
  WeightPicture picture_;
  DistributionFigure distribution_;
  RankFigure rank_;
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
  ImGui::SetNextItemWidth(std::min(context.width, kWidestChooser));
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

void WeightsLens::draw(PanelContext& context) {
  refresh_choice(context);
  const MatrixEntry* entry = choice_.shown();
  if (entry == nullptr) {
    hint("This network has no weights.");
    return;
  }
  draw_chooser(context);
  entry = choice_.shown();
  if (context.trainer.matrices.parameter != entry->weight.parameter || context.trainer.matrices.history.empty()) {
    hint("The matrix appears in a moment.");
    return;
  }
  const float room = ImGui::GetContentRegionAvail().x;
  const bool two = room >= kTwoColumns;
  constexpr float kGap = 2 * widgets::kGrid;
  const float width = two ? (room - kGap) / 2 : room;
  const float plot = std::clamp(0.3f * context.height, 150.0f, 260.0f);
  const float picture = std::clamp(0.45f * context.height, 200.0f, 520.0f);
  begin_column("left", width);
  spectrum_.draw(context, entry->weight, plot);
  if (two) rank_.draw(context, entry->weight, plot);
  ImGui::EndChild();
  if (two) ImGui::SameLine(0, kGap);
  begin_column("right", width);
  picture_.draw(context, entry->weight, picture);
  distribution_.draw(context, entry->weight, plot);
  if (!two) rank_.draw(context, entry->weight, plot);
  ImGui::EndChild();
}

}  // namespace

std::unique_ptr<Panel> make_weights_lens() {
  return std::make_unique<WeightsLens>();
}

}  // namespace descent::web
