// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/window_view.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "engine/nn/layers/window_terms.h"
#include "web/model/network/terms.h"
#include "web/model/network/window_words.h"
#include "web/panels/network/lenses/gradients/cell_picture.h"
#include "web/panels/network/texts.h"
#include "web/widgets/arrow_keys.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kLargestCell = 34;
constexpr float kLeastLine = 6;  // thickness of a marked row or column of the matrix, with its frame

constexpr std::array<std::string_view, 3> kOperations{"Weighted sum", "Maximum", "Mean"};
constexpr std::array<std::string_view, 3> kOperationHelp{
    "Convolution: every output is a sum of the pixels in its window, each times a weight of the filter.",
    "Max pooling: every output is the largest pixel of its window.",
    "Average pooling: every output is the mean of its window, padding counted as 0."};

// The whole line lies within the box.
void frame(const Rect& box, ImU32 color, float thickness) {
  const float half = thickness / 2;
  ImGui::GetWindowDrawList()->AddRect(ImVec2(box.x + half, box.y + half),
                                      ImVec2(box.x + box.width - half, box.y + box.height - half), color, 0, 0,
                                      thickness);
}

void fill(const Rect& box, ImU32 color) {
  ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(box.x, box.y), ImVec2(box.x + box.width, box.y + box.height), color);
}

}  // namespace

Rect WindowView::Grid::cells(int column, int row, int across, int down) const {
  const float inset = ring * cell;
  return {item.box.Min.x + inset + cell * static_cast<float>(column),
          item.box.Min.y + inset + cell * static_cast<float>(row), cell * static_cast<float>(across),
          cell * static_cast<float>(down)};
}

std::optional<int> WindowView::Grid::under_pointer() const {
  if (!item.hovered) return {};
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Rect first = cell_box(0);
  const auto x = static_cast<int>(std::floor((mouse.x - first.x) / cell));
  const auto y = static_cast<int>(std::floor((mouse.y - first.y) / cell));
  if (x < 0 || y < 0 || x >= columns || y >= rows) return {};
  return y * columns + x;
}

void WindowView::refill(PanelContext& context, const MatrixEntry* filters) {
  const training::Inspection& seen = context.trainer.inspection;
  const training::MatrixView& view = context.trainer.matrices;
  WindowChoice choice = context.ui.lens.window;
  choice.cell = {};
  choice.backward = false;
  if (seen_ == seen.version && matrix_ == view.version && choice_ == choice) return;
  seen_ = seen.version;
  matrix_ = view.version;
  choice_ = choice;
  ++uploaded_;
  DigitFilters digit;
  if (filters != nullptr && view.parameter == filters->weight.parameter)
    digit = {static_cast<int>(filters->weight.rows()), static_cast<int>(filters->weight.extents[3]), view.values,
             view.bias};
  filters_ = digit.count;
  study_ = study_window(choice, seen.image, digit);
  table_ = study_.refusal.empty() && study_.matrix_fits() ? study_.matrix() : std::vector<float>();
}

WindowView::Grid WindowView::place(const char* name, const std::string& title, int columns, int rows, int ring,
                                   const Rect& room, bool keys) {
  widgets::push_font(widgets::Font::small);
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(room.x, room.y + kCaption / 2), room.x + room.width,
                     widgets::palette().text_muted, title);
  widgets::pop_font();
  Grid grid{.columns = columns, .rows = rows, .ring = static_cast<float>(ring)};
  const auto across = static_cast<float>(columns + 2 * ring), down = static_cast<float>(rows + 2 * ring);
  grid.cell = std::min({room.width / across, room.height / down, kLargestCell});
  const ImVec2 size(grid.cell * across, grid.cell * down);
  ImGui::SetCursorScreenPos(ImVec2(room.x, room.y + kCaption));
  grid.item = keys ? widgets::submit_item(name, size, "canvas", {}, title)
                   : widgets::place_item(name, size, "image", {}, title);
  return grid;
}

void WindowView::draw_values(PanelContext& context, const Grid& grid, const char* name,
                             const std::vector<float>& values, bool has_sign) {
  const CellRange range = range_of(values, has_sign);
  const Rect box = grid.cells(0, 0, grid.columns, grid.rows);
  ImGui::GetWindowDrawList()->AddImage(
      context.render.image(name, uploaded_, grid.columns, grid.rows, values, range.low, range.high,
                           has_sign ? Colormap::diverging : Colormap::viridis),
      ImVec2(box.x, box.y), ImVec2(box.x + box.width, box.y + box.height));
  if (grid.cell < kReadableCell) return;
  widgets::push_font(widgets::Font::small);
  for (std::size_t i = 0; i < values.size(); ++i) draw_cell_number(grid.cell_box(static_cast<int>(i)), values[i]);
  widgets::pop_font();
}

// The padding round the pixels, and over both the rows and columns that no window reads.
void WindowView::draw_input(PanelContext& context, const Grid& grid) {
  const widgets::Palette& p = widgets::palette();
  const int ring = study_.shape.padding, side = static_cast<int>(study_.reads.size());
  fill(grid.cells(-ring, -ring, side, side), p.raised);
  draw_values(context, grid, "window pixels", study_.pixels, false);
  const ImU32 red = widgets::with_alpha(p.danger, 0.45f);
  for (int i = 0; i < side; ++i) {
    if (study_.reads[static_cast<std::size_t>(i)] > 0) continue;
    fill(grid.cells(-ring, i - ring, side, 1), red);
    fill(grid.cells(i - ring, -ring, 1, side), red);
  }
}

// The cell looked at in the accent, and with it every input, weight and output of its links.
void WindowView::draw_links(const Grid& input, const Grid& filter, const Grid& output) const {
  const widgets::Palette& p = widgets::palette();
  const ImU32 accent = p.accent, faint = widgets::with_alpha(p.accent, 0.5f);
  for (const WindowLink& link : study_.links_of(cell_, backward_)) {
    const bool passes = link.weight != 0 || study_.operation != WindowOperation::max_pooling;
    const ImU32 color = passes ? accent : faint;
    frame(backward_ ? output.cell_box(link.output) : input.cell_box(link.input), color, passes ? 2.0f : 1.0f);
    if (filter.columns > 0) frame(filter.cell_box(link.tap), color, 1.5f);
  }
  if (!backward_) {
    const int y = nn::input_row(study_.shape, cell_ / study_.out(), 0);
    const int x = nn::input_row(study_.shape, cell_ % study_.out(), 0), span = study_.shape.span();
    frame(input.cells(x, y, span, span), p.text, 1.5f);
  }
  const Rect chosen = backward_ ? input.cell_box(cell_) : output.cell_box(cell_);
  frame(chosen, IM_COL32_BLACK, 4);
  frame(chosen, accent, 3);
}

void WindowView::draw_matrix(PanelContext& context, const Grid& grid) const {
  const CellRange range = range_of(table_, true);
  const Rect all = grid.cells(0, 0, grid.columns, grid.rows);
  fill(all, widgets::palette().raised);
  ImGui::GetWindowDrawList()->AddImage(context.render.image("window matrix", uploaded_, grid.columns, grid.rows, table_,
                                                            range.low, range.high, Colormap::diverging),
                                       ImVec2(all.x, all.y), ImVec2(all.x + all.width, all.y + all.height));
  Rect lit = backward_ ? grid.cells(cell_, 0, 1, grid.rows) : grid.cells(0, cell_, grid.columns, 1);
  // A line that is too thin for a frame is made thicker, within the picture.
  const auto thicken = [&](float& low, float& extent, float first, float room) {
    const float wanted = std::max(extent + 2, kLeastLine);
    low = std::clamp(low - (wanted - extent) / 2, first, std::max(first, first + room - wanted));
    extent = wanted;
  };
  if (backward_)
    thicken(lit.x, lit.width, all.x, all.width);
  else
    thicken(lit.y, lit.height, all.y, all.height);
  frame(lit, widgets::palette().accent, 2);
}

// The pointer, a finger or the arrows choose a cell of either side.
void WindowView::follow(PanelContext& context, const Grid& input, const Grid& output) {
  WindowChoice& choice = context.ui.lens.window;
  const auto choose = [&](int cell, int side, bool backward) {
    choice.cell = {cell / side, cell % side};
    choice.backward = backward;
  };
  std::optional<int> hovered;
  for (const bool backward : {true, false}) {
    const Grid& grid = backward ? input : output;
    const int side = grid.columns;
    const auto cell = grid.under_pointer();
    if (cell && grid.item.pressed) choose(*cell, side, backward);
    if (const widgets::ArrowSteps steps = widgets::arrow_steps(grid.item))
      choose(std::clamp(choice.cell[0] + steps.dy, 0, side - 1) * side +
                 std::clamp(choice.cell[1] + steps.dx, 0, side - 1),
             side, backward);
    if (!cell) continue;
    hovered = cell;
    backward_ = backward;
  }
  if (hovered) {
    cell_ = *hovered;
    return;
  }
  backward_ = choice.backward;
  const int side = backward_ ? input.columns : output.columns;
  cell_ = std::min(choice.cell[0], side - 1) * side + std::min(choice.cell[1], side - 1);
}

void WindowView::draw_pictures(PanelContext& context) {
  const kernels::Conv2dShape& s = study_.shape;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x;
  const bool wide = room >= kWide, weights = !study_.weights.empty(), matrix = !table_.empty();
  const float tall = std::clamp(0.4f * context.height, 150.0f, 300.0f);
  // Shares of the width; the matrix has what is left of its row.
  const float first = room * (wide ? 0.31f : 0.52f) - kGap, second = room * (wide ? 0.27f : 0.48f);
  const float third = weights ? room * (wide ? 0.13f : 0.3f) - kGap : 0;
  const Rect at{corner.x, corner.y, first, tall};
  const Grid input =
      place("window input", core::fill("input {0}×{0}", s.height), s.width, s.height, s.padding, at, true);
  const Rect right{at.x + first + kGap, at.y, second - (wide ? kGap : 0), tall};
  const Grid output =
      place("window output", core::fill("output {0}×{0}", study_.out()), study_.out(), study_.out(), 0, right, true);
  float y = at.y, x = right.x + right.width + kGap;
  const float below = std::max(input.item.box.Max.y, output.item.box.Max.y);
  if (!wide) {
    x = at.x;
    y = below + widgets::kGrid;
  }
  Grid filter, table;
  if (weights)
    filter = place("window filter", core::fill("filter {0}×{0}", s.kernel), s.kernel, s.kernel, 0, {x, y, third, tall},
                   false);
  if (weights) x += third + kGap;
  if (matrix)
    table = place("window matrix", core::fill("matrix {}×{}", study_.outputs.size(), study_.pixels.size()),
                  s.width * s.height, study_.out() * study_.out(), 0, {x, y, corner.x + room - x, tall}, false);
  follow(context, input, output);
  draw_input(context, input);
  draw_values(context, output, "window outputs", study_.outputs, false);
  if (weights) draw_values(context, filter, "window weights", study_.weights, true);
  if (matrix) draw_matrix(context, table);
  draw_links(input, filter, output);
  widgets::draw_focus_ring(input.item);
  widgets::draw_focus_ring(output.item);
  ImGui::SetCursorScreenPos(
      ImVec2(corner.x, std::max({below, filter.item.box.Max.y, table.item.box.Max.y}) + widgets::kGrid));
  ImGui::Dummy(ImVec2(room, 0));
}

void WindowView::draw(PanelContext& context, const MatrixEntry* filters) {
  if (context.trainer.inspection.image.empty()) return hint("The pixels appear as soon as there is a digit.");
  WindowChoice& choice = context.ui.lens.window;
  auto operation = static_cast<int>(choice.operation);
  if (widgets::segments("operation", kOperations, operation, kOperationHelp))
    choice.operation = static_cast<WindowOperation>(operation);
  refill(context, filters);
  // On a small screen the pictures come first.
  const bool pictures_first = ImGui::GetContentRegionAvail().x < kWide;
  if (!pictures_first) draw_sliders(context);
  draw_study(context);
  if (pictures_first) draw_sliders(context);
}

void WindowView::draw_study(PanelContext& context) {
  if (!study_.refusal.empty()) return hint(core::fill("Nothing to slide: {}.", study_.refusal));
  const std::string formula = size_formula(study_);
  hint(formula);
  annotate_item("window formula", "text", study_.out(), formula);
  draw_pictures(context);
  const std::string words = cell_words(study_, cell_, backward_);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(words.c_str());
  ImGui::PopTextWrapPos();
  const std::vector<float>& values = backward_ ? study_.pixels : study_.outputs;
  annotate_item("window cell", "text", static_cast<double>(values[static_cast<std::size_t>(cell_)]), words);
  const std::string caption = window_caption(study_);
  widgets::note(caption);
  annotate_item("window caption", "text", {}, caption);
}

}  // namespace descent::web
