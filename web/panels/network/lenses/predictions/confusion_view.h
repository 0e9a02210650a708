// SPDX-License-Identifier: MIT
// Which classes are taken for which: the matrix, and the images behind the cell that is chosen.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "web/model/network/answer_cells.h"
#include "web/panels/page/panel.h"
#include "web/state/network_lens.h"

namespace descent::web {

class ConfusionView {
 public:
  // view: of the classes that the trainer's snapshot has.
  void draw(PanelContext& context, const std::shared_ptr<const training::AnswerView>& view);

 private:
  void refresh(const PanelContext& context, const std::shared_ptr<const training::AnswerView>& view);
  void draw_matrix(PanelContext& context, float side);
  void draw_cells(PanelContext& context, float x, float y, float cell);
  void draw_gallery(PanelContext& context, float width, float height);
  void draw_image(PanelContext& context, std::size_t index, float side);

  std::shared_ptr<const training::AnswerView> view_;  // whose pictures these are
  std::array<int, 2> cell_{kNoCell, kNoCell};         // and whose images
  std::vector<float> shades_;
  CellImages images_;
  std::vector<float> pixels_;  // of the images, one below the other
  std::uint64_t version_ = 0;  // of both pictures
};

}  // namespace descent::web
