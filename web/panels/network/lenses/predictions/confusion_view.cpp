// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/predictions/confusion_view.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/fill.h"
#include "engine/inspect/answers/calibration.h"
#include "web/model/words/number_format.h"
#include "web/model/words/prediction_words.h"
#include "web/widgets/arrow_keys.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr float kTwoColumns = 560;  // width from which the images stand beside the matrix
constexpr float kLeastMatrix = 200, kMostMatrix = 460, kLabels = 26, kTitle = 20;
constexpr float kReadable = 24;  // side of a cell that has its number
constexpr float kTile = 52, kTileText = 18, kTileGap = 8;
constexpr std::size_t kMostImages = 60;

void caption(std::string_view name, const std::string& text) {
  widgets::note(text);
  annotate_item(name, "text", {}, text);
}

void centred(ImDrawList* list, float x, float y, ImU32 color, const std::string& text) {
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  list->AddText(ImVec2(x - size.x / 2, y - size.y / 2), color, text.c_str());
}

}  // namespace

void ConfusionView::refresh(const PanelContext& context, const std::shared_ptr<const training::AnswerView>& view) {
  const std::array<int, 2>& cell = context.ui.lens.confused;
  if (view_ == view && cell_ == cell) return;
  view_ = view;
  cell_ = cell;
  ++version_;
  shades_ = cell_shades(view->confusion);
  const bool fits = std::max(cell[0], cell[1]) < view->confusion.classes;
  images_ = images_of(*view, fits ? cell[0] : kNoCell, cell[1], kMostImages);
  const std::size_t size = view->split->test.image_size();
  pixels_.resize(size * images_.images.size());
  for (std::size_t i = 0; i < images_.images.size(); ++i)
    data::read_image(view->split->test, view->layout, images_.images[i], std::span(pixels_).subspan(i * size, size));
}

// Cells with their numbers, the classes at both sides, and what the pointer or the keys choose.
void ConfusionView::draw_cells(PanelContext& context, float x, float y, float cell) {
  const inspect::Confusion& confusion = view_->confusion;
  const std::vector<std::int32_t>& labels = context.trainer.class_labels;
  const widgets::Palette& p = widgets::palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const int n = confusion.classes;
  const int every = std::max(1, static_cast<int>(std::ceil(14 / cell)));
  for (int k = 0; k < n; k += every) {
    const float middle = (static_cast<float>(k) + 0.5F) * cell;
    const std::string name = std::to_string(labels[static_cast<std::size_t>(k)]);
    centred(list, x - 10, y + middle, p.text_muted, name);
    centred(list, x + middle, y - 9, p.text_muted, name);
  }
  if (cell < kReadable) return;
  for (int label = 0; label < n; ++label)
    for (int answer = 0; answer < n; ++answer) {
      const std::int32_t count = confusion.count(label, answer);
      if (count == 0) continue;
      const float shade = shades_[static_cast<std::size_t>(label * n + answer)];
      const ImU32 color = label == answer ? p.text : shade > 0.7F ? IM_COL32_BLACK : IM_COL32_WHITE;
      centred(list, x + (static_cast<float>(answer) + 0.5F) * cell, y + (static_cast<float>(label) + 0.5F) * cell,
              color, std::to_string(count));
    }
}

void ConfusionView::draw_matrix(PanelContext& context, float side) {
  const inspect::Confusion& confusion = view_->confusion;
  const int n = confusion.classes;
  const float cell = std::floor((side - kLabels) / static_cast<float>(n) * 4) / 4,
              across = cell * static_cast<float>(n);
  std::array<int, 2>& chosen = context.ui.lens.confused;
  widgets::push_font(widgets::Font::small);
  widgets::note("Rows: label. Columns: answer.");
  ImGui::Dummy(ImVec2(0, kTitle - 4));
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + kLabels);
  const bool some = chosen[0] >= 0 && std::max(chosen[0], chosen[1]) < n;
  const std::string text =
      some ? cell_sentence(confusion, context.trainer.class_labels, chosen[0], chosen[1]) : std::string();
  const widgets::Item item = widgets::submit_item("confusion matrix", ImVec2(across, across), "canvas",
                                                  static_cast<double>(confusion.costliest.size()), text);
  if (item.visible) {
    const ImVec2 corner = item.box.Min;
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(corner, item.box.Max, widgets::palette().raised);
    list->AddImage(context.render.image("confusion matrix", version_, n, n, shades_, 0, 1, Colormap::viridis), corner,
                   item.box.Max);
    draw_cells(context, corner.x, corner.y, cell);
    if (some) {
      const ImVec2 low(corner.x + cell * static_cast<float>(chosen[1]),
                       corner.y + cell * static_cast<float>(chosen[0]));
      list->AddRect(low, ImVec2(low.x + cell, low.y + cell), widgets::palette().accent, 0, 0, 2);
    }
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const int label = static_cast<int>((mouse.y - corner.y) / cell),
              answer = static_cast<int>((mouse.x - corner.x) / cell);
    if (item.hovered && label >= 0 && answer >= 0 && label < n && answer < n) {
      const std::array<int, 2> under{label, answer};
      if (item.pressed) chosen = chosen == under ? std::array<int, 2>{kNoCell, kNoCell} : under;
      widgets::tooltip(cell_sentence(confusion, context.trainer.class_labels, label, answer));
    }
    if (const widgets::ArrowSteps steps = widgets::arrow_steps(item))
      chosen = some ? std::array<int, 2>{std::clamp(chosen[0] + steps.dy, 0, n - 1),
                                         std::clamp(chosen[1] + steps.dx, 0, n - 1)}
                    : std::array<int, 2>{0, 0};
    widgets::draw_focus_ring(item);
  }
  widgets::pop_font();
}

// One of the images with its answer; pressed, it becomes the digit of all lenses.
void ConfusionView::draw_image(PanelContext& context, std::size_t index, float side) {
  const std::int32_t image = images_.images[index];
  const auto at = static_cast<std::size_t>(image);
  const std::vector<std::int32_t>& labels = context.trainer.class_labels;
  const std::string name = core::fill("test image {}", image);
  const std::string text =
      core::fill("{} → {}", labels[view_->table.labels[at]], labels[view_->confusion.answered[at]]);
  ImGui::BeginGroup();
  const widgets::Item item = widgets::submit_item(name, ImVec2(side, side), "image", {}, text);
  if (item.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto count = static_cast<float>(images_.images.size());
    const int height = view_->split->test.height, width = view_->split->test.width;
    list->AddImage(context.render.image("confused images", version_, width, height * static_cast<int>(count), pixels_,
                                        0, 1, Colormap::gray),
                   item.box.Min, item.box.Max, ImVec2(0, static_cast<float>(index) / count),
                   ImVec2(1, static_cast<float>(index + 1) / count));
    const LookedAtDigit& digit = context.ui.lens.digit;
    if (!digit.own() && digit.test_index == image)
      list->AddRect(item.box.Min, item.box.Max, widgets::palette().accent, 0, 0, 2);
    widgets::draw_focus_ring(item);
  }
  if (item.pressed) context.ui.lens.digit = {.test_index = image};
  if (item.hovered) {
    const double loss = inspect::loss_at(view_->table.row(at), view_->table.labels[at], 1);
    widgets::tooltip(
        core::fill("Test image {}: label {}, read as {}; the label surprises by {} bits. Press to look at it.", image,
                   labels[view_->table.labels[at]], labels[view_->confusion.answered[at]],
                   core::short_number(loss / std::log(2.0))));
  }
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::Dummy(ImVec2(side, kTileText));
  centred(ImGui::GetWindowDrawList(), below.x + side / 2, below.y + kTileText / 2 - 2, widgets::palette().text_muted,
          text);
  ImGui::EndGroup();
}

void ConfusionView::draw_gallery(PanelContext& context, float width, float height) {
  const std::array<int, 2>& cell = context.ui.lens.confused;
  const inspect::Confusion& confusion = view_->confusion;
  const bool some = cell[0] >= 0 && std::max(cell[0], cell[1]) < confusion.classes;
  const std::string heading = some ? cell_sentence(confusion, context.trainer.class_labels, cell[0], cell[1])
                                   : core::fill("The costliest of {} mistakes, by label → answer.",
                                                core::grouped(static_cast<std::int64_t>(images_.total)));
  widgets::note(heading);
  annotate_item("confused", "text", static_cast<double>(images_.total), heading);
  widgets::push_font(widgets::Font::small);
  const int columns = std::max(1, static_cast<int>((width + kTileGap) / (kTile + kTileGap)));
  const int rows = std::max(1, static_cast<int>(height / (kTile + kTileText + kTileGap)));
  const std::size_t shown = std::min(images_.images.size(), static_cast<std::size_t>(columns * rows));
  for (std::size_t i = 0; i < shown; ++i) {
    if (i % static_cast<std::size_t>(columns) != 0) ImGui::SameLine(0, kTileGap);
    draw_image(context, i, kTile);
  }
  widgets::pop_font();
}

void ConfusionView::draw(PanelContext& context, const std::shared_ptr<const training::AnswerView>& view) {
  refresh(context, view);
  caption("information", information_sentence(view->confusion));
  caption("answers caption", answers_caption(*view));
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const bool two = room.x >= kTwoColumns;
  const float words = 2 * widgets::kGrid + 2 * kTitle;  // above the matrix, and beside it
  const float side =
      std::clamp(std::min(two ? 0.52F * room.x : room.x, two ? room.y - words : room.x), kLeastMatrix, kMostMatrix);
  ImGui::BeginGroup();
  draw_matrix(context, side);
  ImGui::EndGroup();
  if (two) ImGui::SameLine(0, 2 * widgets::kGrid);
  const float width = two ? room.x - side - 2 * widgets::kGrid : room.x;
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width);
  draw_gallery(context, width, two ? room.y - words : 3 * (kTile + kTileText + kTileGap));
  ImGui::PopTextWrapPos();
  ImGui::EndGroup();
}

}  // namespace descent::web
