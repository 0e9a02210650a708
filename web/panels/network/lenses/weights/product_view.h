// SPDX-License-Identifier: MIT
// z = W x + b for the digit, read as a row times x, as a sum of columns, and as a sum of rank-1 sheets.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "web/model/network/product_table.h"
#include "web/panels/network/lenses/gradients/pin_parts.h"
#include "web/panels/page/panel.h"
#include "web/state/matrix_choice.h"
#include "web/widgets/item.h"

namespace descent::web {

class ProductView {
 public:
  void draw(PanelContext& context, const MatrixEntry& entry);

 private:
  // One half of the table: a strip of all outputs in each line, and the pinned output's number at its right.
  struct Strip {
    const char *name = nullptr, *title = nullptr;
    const std::vector<float>* values = nullptr;
    float x = 0, width = 0, number = 0;  // points; number: what is left for that
  };

  void refill(const training::Inspection& seen, ProductReading reading, const MatrixEntry& entry);
  void draw_row(PanelContext& context);
  void draw_table(PanelContext& context, const MatrixEntry& entry);
  void draw_strip(PanelContext& context, const Strip& strip, float y);
  [[nodiscard]] std::optional<int> wanted_output(const widgets::Item& item, std::span<const Strip> strips,
                                                 float top) const;
  void draw_sheets(PanelContext& context, const MatrixEntry& entry);
  void draw_gaps(const inspect::Product& product);

  std::uint64_t version_ = 0, uploaded_ = 0;
  ProductReading reading_ = ProductReading::row;
  int layer_ = -1;
  int output_ = 0;  // the pinned one
  ProductTable table_;
  UnitPart unit_;
};

}  // namespace descent::web
