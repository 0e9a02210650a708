// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/predictions_lens.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "web/model/words/answer_words.h"
#include "web/panels/network/class_chart.h"
#include "web/panels/network/texts.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kWidest = 640, kTallestRow = 34;

class PredictionsLens : public Panel {
 public:
  void draw(PanelContext& context) override;
};

void PredictionsLens::draw(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  if (trainer.inspection.probabilities.empty()) {
    hint("The probabilities appear as soon as there is a digit.");
    return;
  }
  const std::string bits = bits_sentence(trainer);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(bits.c_str());
  ImGui::PopTextWrapPos();
  annotate_item("bits", "text", {}, bits);
  ImGui::Dummy(ImVec2(0, widgets::kGrid));
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float rows = static_cast<float>(std::min<std::size_t>(trainer.class_labels.size(), 12));
  draw_probabilities({trainer.inspection.probabilities, trainer.class_labels, trainer.inspection.label},
                     std::min(room.x, kWidest), std::min(room.y - widgets::kGrid, kTallestRow * rows));
}

}  // namespace

std::unique_ptr<Panel> make_predictions_lens() {
  return std::make_unique<PredictionsLens>();
}

}  // namespace descent::web
