// SPDX-License-Identifier: MIT
// The arithmetic of convolution and pooling on a piece of the digit: sizes, what belongs to which cell in both
// directions, and the same as a sparse matrix.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/model/geometry/rect.h"
#include "web/model/network/window_study.h"
#include "web/panels/page/panel.h"
#include "web/state/matrix_choice.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {

class WindowView {
 public:
  // filters: whose elements the snapshot has; nullptr: the network has none that read the digit.
  void draw(PanelContext& context, const MatrixEntry* filters);

 private:
  static constexpr float kWide = 560;  // width from which all pictures stand in one row
  static constexpr float kGap = 2 * widgets::kGrid;

  // A picture of square cells on the screen.
  struct Grid {
    widgets::Item item;
    int columns = 0, rows = 0;
    float cell = 0;  // side of one
    float ring = 0;  // cells of padding round them

    [[nodiscard]] Rect cells(int column, int row, int across, int down) const;
    [[nodiscard]] Rect cell_box(int index) const { return cells(index % columns, index / columns, 1, 1); }
    [[nodiscard]] std::optional<int> under_pointer() const;
  };

  void refill(PanelContext& context, const MatrixEntry* filters);
  void draw_sliders(PanelContext& context);
  void draw_study(PanelContext& context);
  void draw_pictures(PanelContext& context);
  // keys: it can be pressed and focused.
  static Grid place(const char* name, const std::string& title, int columns, int rows, int ring, const Rect& room,
                    bool keys);
  void draw_input(PanelContext& context, const Grid& grid);
  void draw_values(PanelContext& context, const Grid& grid, const char* name, const std::vector<float>& values,
                   bool has_sign);
  void draw_links(const Grid& input, const Grid& filter, const Grid& output) const;
  void draw_matrix(PanelContext& context, const Grid& grid) const;
  void follow(PanelContext& context, const Grid& input, const Grid& output);

  WindowStudy study_;
  WindowChoice choice_;  // that the study is of, without its cell
  std::uint64_t seen_ = 0, matrix_ = 0, uploaded_ = 0;
  int filters_ = 0;           // how many the network has
  std::vector<float> table_;  // the matrix; empty where it is too large
  int cell_ = 0;              // that is looked at: under the pointer, else the chosen one
  bool backward_ = false;     // it is an input
};

}  // namespace descent::web
