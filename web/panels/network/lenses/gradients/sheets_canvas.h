// SPDX-License-Identifier: MIT
// The layers of the network as sheets of cells, forward (activations) or backward (deltas), to zoom into and to pin a
// unit or a pixel on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "web/model/network/pan_zoom.h"
#include "web/model/network/sheets.h"
#include "web/model/network/terms.h"
#include "web/panels/network/lenses/gradients/sheet_figures.h"
#include "web/panels/page/panel.h"
#include "web/widgets/arrow_keys.h"

namespace descent::web {

inline constexpr float kSheetHead = 36;  // points over the sheets, for two lines of text

class SheetsCanvas {
 public:
  // width × height points from the cursor on.
  void draw(PanelContext& context, float width, float height);
  void show_all() { view_ = {}; }
  [[nodiscard]] bool zoomed() const { return view_.zoom > 1; }

 private:
  // One sheet's picture, refilled when the inspection or the direction changes.
  struct Picture {
    std::uint64_t version = 0;
    bool backward = false;
    CellRange range;
    std::vector<float> pixels;
  };
  struct Place {
    std::size_t sheet = 0;
    std::int64_t unit = 0;
  };

  void lay_out(PanelContext& context, float width, float height);
  void draw_sheet(PanelContext& context, std::size_t index);
  [[nodiscard]] bool names_fit(const training::Inspection& seen, float share) const;
  void draw_title(PanelContext& context, std::size_t index);
  void draw_numbers(const Sheet& sheet, std::span<const float> values);
  void draw_pin(PanelContext& context);
  void draw_figures(PanelContext& context);
  void draw_bars(PanelContext& context, float width);
  void follow_mouse(PanelContext& context, float width, float height);
  void follow_keys(PanelContext& context, widgets::ArrowSteps steps);
  [[nodiscard]] std::optional<Place> place_at(float x, float y) const;
  [[nodiscard]] std::optional<Place> pinned(const NetworkPin& pin) const;
  [[nodiscard]] Rect on_screen(const Rect& box) const;
  void pin(PanelContext& context, const Place& place) const;

  std::vector<Sheet> sheets_;
  std::vector<nn::Shape> shapes_;  // beside sheets_
  std::vector<Picture> pictures_;  // beside sheets_
  float width_ = 0, height_ = 0;
  float left_ = 0, top_ = 0;  // the window's corner on the canvas
  PanZoom view_;
  SheetFigures figures_;
};

}  // namespace descent::web
