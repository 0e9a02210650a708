// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/training_lens.h"

#include "web/panels/network/curves.h"

namespace descent::web {
namespace {

class TrainingLens : public Panel {
 public:
  void draw(PanelContext& context) override { curves_.draw(context, CurveSize::large); }

 private:
  NetworkCurves curves_;
};

}  // namespace

std::unique_ptr<Panel> make_training_lens() {
  return std::make_unique<TrainingLens>();
}

}  // namespace descent::web
