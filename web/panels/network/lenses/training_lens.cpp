// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/training_lens.h"

#include <imgui.h>

#include "web/panels/network/curves.h"
#include "web/panels/network/run_bar.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

class TrainingLens : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  NetworkCurves curves_;
  RunBar bar_;
};

void TrainingLens::draw(PanelContext& context) {
  const float below = RunBar::height(context);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  PanelContext above = context;
  above.height -= below;
  if (above.height > 0) curves_.draw(above, CurveSize::large);
  if (below <= 0) return;
  ImGui::SetCursorScreenPos(ImVec2(corner.x, corner.y + above.height + widgets::kGrid));
  bar_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_training_lens() {
  return std::make_unique<TrainingLens>();
}

}  // namespace descent::web
