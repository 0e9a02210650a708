// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/weights/product_view.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <utility>

#include "engine/core/fill.h"
#include "web/model/network/inspected.h"
#include "web/model/network/weight_grid.h"
#include "web/model/words/number_format.h"
#include "web/model/words/unit_words.h"
#include "web/panels/network/lenses/gradients/cell_picture.h"
#include "web/panels/network/texts.h"
#include "web/widgets/arrow_keys.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/plot.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kWide = 560;                  // width from which a line has more room for its label
constexpr float kLine = 20, kStripTop = 2;    // of a line of the table, points
constexpr float kPicture = 150, kPlot = 130;  // heights
constexpr std::size_t kSheetPictures = 3;
constexpr float kGap = widgets::kGrid;

// "z = W x + b, unit 7" by its three ways to be read.
constexpr std::array<std::string_view, 3> kReadings{"Row × x", "Columns", "Rank 1"};
constexpr std::array<std::string_view, 3> kReadingHelp{
    "One output: its row of weights times what the layer reads, term by term.",
    "All outputs: every input pulls its column of weights along, as much as it is large.",
    "All outputs: the matrix as a sum of matrices of rank 1, one for each singular value."};

void text_item(std::string_view name, ImVec2 corner, float width, ImU32 color, std::string_view text,
               std::optional<double> value = {}) {
  ImGui::SetCursorScreenPos(corner);
  const widgets::Item item = widgets::place_item(name, ImVec2(width, kLine), "text", value, text);
  if (item.visible)
    widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(corner.x, corner.y + kLine / 2), corner.x + width, color,
                       text);
}

}  // namespace

void ProductView::refill(const training::Inspection& seen, ProductReading reading, const MatrixEntry& entry) {
  if (version_ == seen.version && reading_ == reading && layer_ == entry.layer) return;
  version_ = seen.version;
  reading_ = reading;
  layer_ = entry.layer;
  ++uploaded_;
  const std::vector<float>& z = seen.product->output;
  if (reading != ProductReading::row) {
    table_ = product_table(*seen.product, reading, entry.weight);
    return;
  }
  table_ = {.outputs = static_cast<int>(z.size()), .lines = {{"output", "z of all"}}, .added = {}, .sums = z};
  for (const float value : z) table_.most = std::max(table_.most, std::fabs(value));
}

// All lines of one of the table's two halves, and the pinned output's numbers beside them.
void ProductView::draw_strip(PanelContext& context, const Strip& strip, float y) {
  const auto count = static_cast<float>(table_.lines.size());
  const float most = std::max(table_.most, 1e-30f), cell = strip.width / static_cast<float>(table_.outputs);
  ImDrawList* list = ImGui::GetWindowDrawList();
  void* image = context.render.image(strip.name, uploaded_, table_.outputs, static_cast<int>(count), *strip.values,
                                     -most, most, Colormap::diverging);
  for (std::size_t i = 0; i < table_.lines.size(); ++i) {
    const auto at = static_cast<float>(i);
    const float top = y + kLine * at, number = table_.at(*strip.values, i, output_);
    list->AddImage(image, ImVec2(strip.x, top + kStripTop), ImVec2(strip.x + strip.width, top + kLine - kStripTop),
                   ImVec2(0, at / count), ImVec2(1, (at + 1) / count));
    for (int output = 0; cell >= kReadableCell && output < table_.outputs; ++output)
      draw_cell_number({strip.x + cell * static_cast<float>(output), top, cell, kLine},
                       table_.at(*strip.values, i, output));
    text_item(core::fill("{} {}", table_.lines[i].name, strip.name), ImVec2(strip.x + strip.width + kGap, top),
              strip.number, widgets::palette().text,
              widgets::fitted_number(static_cast<double>(number), strip.number - 1, 3), static_cast<double>(number));
  }
  const float left = strip.x + cell * static_cast<float>(output_);
  list->AddRect(ImVec2(left - 1, y), ImVec2(left + std::max(cell, 3.0f) + 1, y + kLine * count),
                widgets::palette().accent, 0, 0, 2);
}

// The output under the pointer, which a click pins, or the neighbour that an arrow asks for.
std::optional<int> ProductView::wanted_output(const widgets::Item& item, std::span<const Strip> strips,
                                              float top) const {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (const Strip& strip : strips) {
    const float at = (mouse.x - strip.x) / strip.width;
    if (!item.hovered || at < 0 || at >= 1) continue;
    const int output = static_cast<int>(at * static_cast<float>(table_.outputs));
    const float row = std::clamp((mouse.y - top) / kLine, 0.0f, static_cast<float>(table_.lines.size()) - 1);
    const auto line = static_cast<std::size_t>(row);
    const std::string sum = display_number(static_cast<double>(table_.at(table_.sums, line, output)));
    widgets::tooltip(table_.added.empty()
                         ? core::fill("Unit {}: z = {}. A click pins it.", output, sum)
                         : core::fill("Unit {}: {} is added, the sum so far is {}. A click pins the unit.", output,
                                      display_number(static_cast<double>(table_.at(table_.added, line, output))), sum));
    if (item.pressed) return output;
  }
  const int step = widgets::arrow_steps(item).dx;
  if (step == 0) return {};
  return std::clamp(output_ + step, 0, table_.outputs - 1);
}

void ProductView::draw_table(PanelContext& context, const MatrixEntry& entry) {
  widgets::push_font(widgets::Font::small);
  const widgets::Palette& p = widgets::palette();
  const bool wide = context.width >= kWide, one = table_.added.empty();
  const float room = ImGui::GetContentRegionAvail().x;
  const float label = one ? 60 : wide ? 160.0f : 120.0f, number = 64;
  const float share = (room - label) / (one ? 1 : 2);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  std::array<Strip, 2> both;
  for (const bool sums : {false, true})
    both[sums ? 1 : 0] = {sums ? "sum" : "added",
                          one    ? "W x + b, all outputs"
                          : sums ? "sum"
                                 : "added",
                          sums ? &table_.sums : &table_.added,
                          corner.x + label + (sums && !one ? share : 0),
                          share - number - kGap,
                          number - kGap};
  const auto strips = std::span<const Strip>(both).subspan(one ? 1 : 0);
  const float height = kLine * static_cast<float>(table_.lines.size() + 1), top = corner.y + kLine;
  const widgets::Item item =
      widgets::submit_item("product outputs", ImVec2(room, height), "canvas", static_cast<double>(output_));
  const ImVec2 end = ImGui::GetCursorScreenPos();
  if (const auto wanted = wanted_output(item, strips, top))
    context.ui.lens.pin = {.kind = PinKind::unit, .layer = entry.layer, .position = {0, 0, *wanted}};
  for (std::size_t i = 0; i < table_.lines.size(); ++i)
    text_item(table_.lines[i].name, ImVec2(corner.x, top + kLine * static_cast<float>(i)), label - kGap, p.text_muted,
              table_.lines[i].label);
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const Strip& strip : strips) {
    const float right = strip.x + strip.width, y = corner.y + kLine / 2;
    widgets::draw_text(list, ImVec2(strip.x, y), right, p.text_muted, strip.title);
    widgets::draw_text(list, ImVec2(right + kGap, y), right + kGap + strip.number, p.text_muted,
                       core::fill("unit {}", output_));
    draw_strip(context, strip, top);
  }
  widgets::draw_focus_ring(item);
  widgets::pop_font();
  ImGui::SetCursorScreenPos(end);
}

// The terms of one output.
void ProductView::draw_row(PanelContext& context) {
  const training::Inspection& seen = context.trainer.inspection;
  if (!seen.unit || seen.unit_place.layer != layer_) return hint("On its way.");
  widgets::section_title(unit_title(seen));
  const float room = ImGui::GetContentRegionAvail().x;
  if (const auto pressed = unit_.draw_pictures(context, room, kPicture))
    context.ui.lens.pin = {.kind = PinKind::weight, .parameter = seen.unit_parameter, .index = *pressed};
  draw_lines(unit_forward(seen), room);
  widgets::note(
      "This digit alone. The input in its own colours, from 0; weights and terms from blue (below 0) to orange.");
}

// The pinned row of the first sheets, in the shape of what it reads, beside the whole row that all of them add up to.
void ProductView::draw_sheets(PanelContext& context, const MatrixEntry& entry) {
  const inspect::Product& product = *context.trainer.inspection.product;
  const training::MatrixView& view = context.trainer.matrices;
  if (view.parameter != entry.weight.parameter) return;
  const std::size_t count = std::min(kSheetPictures, product.sheets.terms.size()), columns = product.input.size();
  const float share =
      (ImGui::GetContentRegionAvail().x - kGap * static_cast<float>(count)) / static_cast<float>(count + 1);
  const WeightGrid grid = fit_row(entry.weight, 0, share, kPicture - kCellCaption);
  const auto row = std::span(view.values).subspan(static_cast<std::size_t>(output_) * columns, columns);
  const CellRange range = range_of(row, true);
  for (std::size_t k = 0; k <= count; ++k) {
    if (k > 0) ImGui::SameLine(0, kGap);
    const std::vector<float> pixels =
        weight_pixels(grid, k < count ? sheet_row(product, k, output_) : std::vector<float>(row.begin(), row.end()));
    static_cast<void>(draw_cells(
        context,
        {.name = core::fill("part row {}", k),
         .caption = k < count ? core::fill("part {}, row {}", k + 1, output_) : core::fill("W, row {}", output_),
         .version = uploaded_ << 12 | static_cast<std::uint64_t>(output_),
         .width = grid.width(),
         .height = grid.height(),
         .pixels = pixels,
         .range = range},
        share, kPicture - kCellCaption));
  }
}

void ProductView::draw_gaps(const inspect::Product& product) {
  const std::array<widgets::PlotSeries, 2> series{{
      {.label = "columns", .color = widgets::runner_color(0), .y = product.columns.gaps, .ends_in_marker = false},
      {.label = "rank 1", .color = widgets::runner_color(1), .y = product.sheets.gaps, .ends_in_marker = false},
  }};
  widgets::plot({.id = "missing",
                 .title = "What is missing after n terms",
                 .x_label = "n",
                 .y_label = "‖rest‖ / ‖W x‖",
                 .y_minimum = 0,
                 .y_maximum = 1.1,
                 .empty_text = "",
                 .height = kPlot},
                series);
}

void ProductView::draw(PanelContext& context, const MatrixEntry& entry) {
  const training::Inspection& seen = context.trainer.inspection;
  if (entry.type != "dense")
    return hint(
        "A convolution makes this product at every place of the map. Choose a fully connected matrix, or see "
        "Convolution.");
  NetworkLens& lens = context.ui.lens;
  auto reading = static_cast<int>(lens.reading);
  if (widgets::segments("reading", kReadings, reading, kReadingHelp))
    lens.reading = static_cast<ProductReading>(reading);
  const auto rows = static_cast<std::size_t>(entry.weight.rows());
  if (!seen.product || seen.product->output.size() != rows ||
      static_cast<std::int64_t>(seen.product->input.size()) != entry.weight.columns())
    return hint(seen.refusal.empty() ? "On its way." : core::fill("Nothing to see: {}.", seen.refusal));
  output_ = pinned_row(lens.pin, entry);
  refill(seen, lens.reading, entry);
  draw_table(context, entry);
  if (lens.reading == ProductReading::row) return draw_row(context);
  const std::string text = product_caption(*seen.product, lens.reading, table_);
  widgets::note(text);
  annotate_item("product caption", "text", {}, text);
  if (lens.reading == ProductReading::sheets) draw_sheets(context, entry);
  draw_gaps(*seen.product);
}

}  // namespace descent::web
