// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/training_lens.h"

#include "web/panels/network/curves.h"
#include "web/panels/network/run_bar.h"

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
  PanelContext above = context;
  above.height -= below;
  if (above.height > 0) curves_.draw(above, CurveSize::large);
  if (below > 0) bar_.draw(context);
}

}  // namespace

std::unique_ptr<Panel> make_training_lens() {
  return std::make_unique<TrainingLens>();
}

}  // namespace descent::web
