// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/level_labels.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "web/panels/surfaces/view/overlay.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

ImVec2 size_of(const std::string& text) {
  return ImGui::CalcTextSize(text.data(), text.data() + text.size());
}

// Text round `centre`, turned so that it runs along `direction` (1 long, to the right).
void add_turned_text(ImDrawList* list, ImVec2 centre, ImVec2 direction, ImU32 color, const std::string& text) {
  const ImVec2 size = size_of(text);
  const int first = list->VtxBuffer.Size;
  list->AddText(ImVec2(std::floor(centre.x - size.x / 2), std::floor(centre.y - size.y / 2)), color, text.data(),
                text.data() + text.size());
  for (int i = first; i < list->VtxBuffer.Size; ++i) {
    ImVec2& p = list->VtxBuffer[i].pos;
    const float x = p.x - centre.x, y = p.y - centre.y;
    p = ImVec2(centre.x + x * direction.x - y * direction.y, centre.y + x * direction.y + y * direction.x);
  }
}

// True where a path runs through the box. Of long ones some pieces are looked at, which follow each other closely.
bool crossed(const race::RunnerSnapshot& run, const ViewFrame& frame, const LabelBox& box) {
  constexpr std::size_t kPieces = 256;
  const std::size_t points = run.points.size() / 2, stride = std::max<std::size_t>(points / kPieces, 1);
  const auto at = [&](std::size_t i) {
    return std::array{static_cast<double>(frame.low().x) + (run.points[2 * i] - frame.shown.x0) / frame.unit(),
                      static_cast<double>(frame.low().y) + (frame.shown.y1 - run.points[2 * i + 1]) / frame.unit()};
  };
  for (std::size_t i = 0; i + 1 < points; i += stride) {
    std::array<double, 2> a = at(i), b = at(std::min(i + stride, points - 1));
    if (clip_segment(a, b, {box.x0, box.y0, box.x1, box.y1})) return true;
  }
  return false;
}

// Left out where it would lie over the ring, a head or a path.
void draw_label(const PanelContext& context, const ViewFrame& frame, const ContourLabel& label) {
  const double unit = frame.unit();
  const ImVec2 low = frame.low();
  const ImVec2 centre(low.x + static_cast<float>((label.point[0] - frame.shown.x0) / unit),
                      low.y + static_cast<float>((frame.shown.y1 - label.point[1]) / unit));
  const ImVec2 direction(static_cast<float>(label.along[0]), -static_cast<float>(label.along[1]));
  const ImVec2 size = size_of(label.text);
  const ImVec2 half((std::abs(direction.x) * size.x + std::abs(direction.y) * size.y) / 2,
                    (std::abs(direction.y) * size.x + std::abs(direction.x) * size.y) / 2);
  const ImRect box(ImVec2(centre.x - half.x, centre.y - half.y), ImVec2(centre.x + half.x, centre.y + half.y));
  const LabelBox place = label_box(box.Min, box.Max);
  const std::vector<race::RunnerSnapshot>& runs = context.race.runners;
  if (std::any_of(frame.kept_free.begin(), frame.kept_free.end(),
                  [&](const LabelBox& mark) { return overlap(mark, place); }) ||
      std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return crossed(run, frame, place); }))
    return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 halo = widgets::with_alpha(overlay_halo(frame), 0.55F);
  constexpr float kHalo = 1.2F;
  for (const ImVec2 aside : {ImVec2(-kHalo, 0), ImVec2(kHalo, 0), ImVec2(0, -kHalo), ImVec2(0, kHalo)})
    add_turned_text(list, ImVec2(centre.x + aside.x, centre.y + aside.y), direction, halo, label.text);
  add_turned_text(list, centre, direction, overlay_ink(frame), label.text);
  ImGui::ItemAdd(box, 0);
  annotate_item("contour " + label.text, "mark", label.value);
}

// Labels keep away from where a run starts and from known minima.
std::vector<surfaces::Point> other_marks(const PanelContext& context) {
  std::vector<surfaces::Point> marks{context.race.config.start};
  for (const surfaces::Minimum& minimum : context.race.minima) marks.push_back(minimum.point);
  return marks;
}

}  // namespace

void draw_contour_labels(const PanelContext& context, const ViewFrame& frame, ContourLabels& labels) {
  const race::HeightField* field = context.render.field();
  const render::SurfaceView& scene = frame.scene;
  if (scene.camera.three_d || scene.places || !scene.contours || !scene.show_field || field == nullptr) return;
  widgets::push_font(widgets::Font::small);
  const LabelledView view{frame.shown,
                          static_cast<double>(frame.scene.rect.width),
                          static_cast<double>(frame.scene.rect.height),
                          context.render.value_scale(frame.scene),
                          other_marks(context),
                          [](std::string_view text) { return static_cast<double>(widgets::text_width(text)); },
                          scene.moving};
  const std::vector<ContourLabel>& placed = labels.update(*field, view);
  for (const ContourLabel& label : placed) draw_label(context, frame, label);
  widgets::pop_font();
}

}  // namespace descent::web
