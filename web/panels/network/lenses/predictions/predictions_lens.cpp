// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/predictions/predictions_lens.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "engine/core/param_spec.h"
#include "web/model/network/answer_cells.h"
#include "web/model/words/answer_words.h"
#include "web/panels/network/class_chart.h"
#include "web/panels/network/lenses/predictions/calibration_view.h"
#include "web/panels/network/lenses/predictions/confusion_view.h"
#include "web/panels/network/lenses/predictions/posterior_view.h"
#include "web/panels/network/texts.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kWidest = 640, kTallestRow = 34;
constexpr float kWidestSlider = 320;

constexpr std::array<std::string_view, 4> kViews{"This digit", "Confusion", "Calibration", "Posterior"};
constexpr std::array<std::string_view, 4> kViewHelp{
    "How probable each class is for the digit, and how much that leaves open.",
    "Which classes the network takes for which, over the whole test set, and its costliest mistakes.",
    "Whether a network that says 90 % is right in nine cases of ten, over the whole test set.",
    "A thousand networks that the training images allow as well vote on the digit: is the ink ambiguous, or do they "
    "disagree?"};

class PredictionsLens : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  static void draw_digit(PanelContext& context);

  ConfusionView confusion_;
  CalibrationView calibration_;
};

void draw_temperature(PanelContext& context) {
  static constexpr core::ParamSpec kSpec{
      .name = "temperature",
      .default_value = 1,
      .minimum = kLeastTemperature,
      .maximum = kMostTemperature,
      .scale = core::ParamScale::log,
      .doc =
          "Divides the logits before the softmax. Above 1 the answer is less sure, below 1 surer; which class comes "
          "first stays. Training and all other lenses keep 1."};
  ImGui::PushItemWidth(std::min(ImGui::GetContentRegionAvail().x, kWidestSlider));
  double value = context.ui.lens.temperature;
  if (widgets::param_slider("predictions", kSpec, value)) context.ui.lens.temperature = value;
  ImGui::PopItemWidth();
}

void PredictionsLens::draw_digit(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  const training::Inspection& seen = trainer.inspection;
  if (seen.probabilities.empty() || seen.layers.empty()) {
    hint("The probabilities appear as soon as there is a digit.");
    return;
  }
  draw_temperature(context);
  const double temperature = context.ui.lens.temperature;
  const std::vector<float> probabilities =
      temperature == 1 ? seen.probabilities : softened(seen.layers.back().values, temperature);
  const std::string bits = bits_sentence(probabilities, seen.label);
  widgets::note(bits);
  annotate_item("bits", "text", {}, bits);
  ImGui::Dummy(ImVec2(0, widgets::kGrid));
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float rows = static_cast<float>(std::min<std::size_t>(trainer.class_labels.size(), 12));
  draw_probabilities({probabilities, trainer.class_labels, seen.label}, context.ui.lens.digit,
                     std::min(room.x, kWidest), std::clamp(room.y - widgets::kGrid, 14 * rows, kTallestRow * rows));
}

void PredictionsLens::draw(PanelContext& context) {
  PredictionsView& view = context.ui.lens.predictions;
  auto index = static_cast<int>(view);
  if (widgets::segments("predictions view", kViews, index, kViewHelp)) view = static_cast<PredictionsView>(index);
  if (view == PredictionsView::digit) return draw_digit(context);
  if (view == PredictionsView::posterior) return draw_posterior(context);
  const training::AnswersShown& answers = context.trainer.answers;
  if (!answers.refusal.empty()) return hint(answers.refusal);
  if (answers.view == nullptr) return hint("The network reads the test set: this appears in a moment.");
  if (answers.view->confusion.classes != static_cast<int>(context.trainer.class_labels.size())) return;
  if (view == PredictionsView::confusion) return confusion_.draw(context, answers.view);
  calibration_.draw(*answers.view);
}

}  // namespace

std::unique_ptr<Panel> make_predictions_lens() {
  return std::make_unique<PredictionsLens>();
}

}  // namespace descent::web
