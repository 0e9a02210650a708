// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/view.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "engine/parallel/clock.h"
#include "web/browser/browser.h"
#include "web/model/geometry/view_math.h"
#include "web/panels/surfaces/common/chain_dots.h"
#include "web/panels/surfaces/view/basins.h"
#include "web/panels/surfaces/view/head_rows.h"
#include "web/panels/surfaces/view/level_labels.h"
#include "web/panels/surfaces/view/navigation.h"
#include "web/panels/surfaces/view/notes.h"
#include "web/panels/surfaces/view/overlay.h"
#include "web/panels/surfaces/view/readout.h"
#include "web/panels/surfaces/view/samples.h"
#include "web/panels/surfaces/view/tools.h"
#include "web/panels/surfaces/view/view_frame.h"
#include "web/state/redraw.h"
#include "web/state/strip_tabs.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/workers/sampling_driver.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::kGrid;

constexpr double kFieldMargin = 0.15;  // sampled beyond each edge, so that a drag does not uncover blanks
constexpr double kLeftMargin = 0.06;   // of it, when a drag asks for more
constexpr double kRest = 0.12;         // seconds until a view that has changed is at rest
constexpr double kMostSamples = 512;   // along the longer side
constexpr double kMeshSamples = 241;
constexpr float kArrowSpacing = 26;  // points, at least
constexpr double kMeshArrows = 30;   // along the longer side, at most
constexpr float kBarWidth = 14;
constexpr float kLegendWidth = 68;
constexpr float kLeastPicture = 110;  // with its axis

// Free space round the picture for axes and colour bar.
struct Gutters {
  float left, right, bottom;
};
Gutters gutters(bool compact, bool three_d) {
  if (three_d) return compact ? Gutters{0, 58, 0} : Gutters{0, 78, 0};
  return compact ? Gutters{40, 58, 24} : Gutters{48, 78, 26};
}

class SurfacesViewPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  ViewFrame layout(const PanelContext& context, ImVec2 corner, float top) const;
  [[nodiscard]] bool moving(const SurfaceCamera& camera);
  void turn(PanelContext& context);
  void request_field(PanelContext& context, const ViewFrame& frame);
  void request_arrows(PanelContext& context, ViewFrame& frame);
  void request_samples(PanelContext& context, ViewFrame& frame);
  std::optional<SurfaceFeed::Probe> pointer_probe(PanelContext& context, const ViewFrame& frame);
  void draw_overlay(PanelContext& context, const ViewFrame& frame);
  float draw_head(PanelContext& context, const ViewFrame& frame, const Rect& room, HeadShape shape);

  SurfaceFeed feed_;
  BasinLayer basins_;
  SurfaceNavigation navigation_;
  ContourLabels labels_;
  std::optional<SurfaceCamera> camera_;  // of the last frame
  double moved_at_ = -1;                 // seconds; when it last changed
  Readout readout_;
  NoteRow notes_;
  float head_height_ = -1;           // what stood above the picture in the last frame
  SlowTurn slow_turn_;               // of the 3-D view
  std::vector<LabelBox> kept_free_;  // ring and heads
};

ViewFrame SurfacesViewPanel::layout(const PanelContext& context, ImVec2 corner, float top) const {
  const Gutters space = gutters(context.compact, context.ui.camera.three_d);
  ViewFrame frame;
  frame.compact = context.compact;
  render::SurfaceView& scene = frame.scene;
  const float edge = context.compact ? 4.0F : kGrid;
  scene.rect.x = std::floor(corner.x + space.left);
  scene.rect.y = std::floor(top);
  scene.rect.width = std::floor(std::max(corner.x + context.width - space.right - scene.rect.x, 1.0F));
  scene.rect.height = std::floor(std::max(corner.y + context.height - space.bottom - edge / 2 - scene.rect.y, 1.0F));
  scene.race = &context.race;
  scene.camera = context.ui.camera;
  scene.camera.yaw += slow_turn_.angle();
  scene.contours = context.ui.show.contours;
  scene.arrows = context.ui.show.arrows;
  scene.theme = context.ui.theme;
  if (context.race.surface_info != nullptr) scene.log_colours = context.race.surface_info->log_colours;
  frame.shown = expand_to_aspect(scene.camera.view, static_cast<double>(scene.rect.width),
                                 static_cast<double>(scene.rect.height));
  if (scene.camera.three_d) scene.room = orbit_room(context, frame);
  return frame;
}

// A view that moves is drawn fast now, and once more when it rests.
bool SurfacesViewPanel::moving(const SurfaceCamera& camera) {
  const double now = parallel::seconds_now();
  if (camera_ && !same_camera(*camera_, camera)) moved_at_ = now;
  camera_ = camera;
  if (now - moved_at_ > kRest) return false;
  request_redraw(kRest);
  return true;
}

// Heights of this race that reach beyond the view, as finely as a new answer would have them: good enough for a drag.
bool serves(const PanelContext& context, const surfaces::Domain& shown, const surfaces::Domain& wanted) {
  const race::HeightField* field = context.render.field();
  return field != nullptr && field->config_version == context.race.config_version && same_size(field->view, wanted) &&
         contains(field->view, with_margin(shown, kLeftMargin));
}

void SurfacesViewPanel::request_field(PanelContext& context, const ViewFrame& frame) {
  const bool three_d = frame.scene.camera.three_d;
  const surfaces::Domain view = three_d ? frame.scene.camera.view : with_margin(frame.shown, kFieldMargin);
  if (frame.scene.moving && !three_d && serves(context, frame.shown, view)) return;
  const double w = view.x1 - view.x0;
  const double h = view.y1 - view.y0;
  const double pixels = (1 + 2 * kFieldMargin) *
                        static_cast<double>(std::max(frame.scene.rect.width, frame.scene.rect.height)) *
                        static_cast<double>(ImGui::GetIO().DisplayFramebufferScale.x);
  const double longest = three_d ? kMeshSamples : std::min(kMostSamples, pixels);
  const auto samples = [&](double extent) {
    return std::max(2, static_cast<int>(std::ceil(longest * extent / std::max(w, h))));
  };
  feed_.want_field(context, view, samples(w), samples(h), frame.scene.camera.view);
}

// Arrows that stay where they are while the view moves, about thirty points apart.
void SurfacesViewPanel::request_arrows(PanelContext& context, ViewFrame& frame) {
  if (!frame.scene.arrows) return;
  const surfaces::Domain& core = frame.scene.camera.view;
  const bool three_d = frame.scene.camera.three_d;
  const double spacing = three_d ? std::max(core.x1 - core.x0, core.y1 - core.y0) / kMeshArrows
                                 : static_cast<double>(kArrowSpacing) * frame.unit();
  feed_.want_gradients(context, three_d ? arrow_grid(core, spacing, Cover::inside)
                                        : arrow_grid(with_margin(frame.shown, kFieldMargin), spacing, Cover::beyond));
  frame.scene.arrows = feed_.gradients_are_current(context);
}

void SurfacesViewPanel::request_samples(PanelContext& context, ViewFrame& frame) {
  render::SurfaceView& scene = frame.scene;
  const bool arrows = scene.arrows;
  request_field(context, frame);
  request_arrows(context, frame);
  basins_.update(context, frame);
  const race::HeightField* field = context.render.field();
  scene.show_field =
      feed_.field_is_current(context) &&
      (!scene.camera.three_d || (contains(field->view, scene.camera.view) && contains(scene.camera.view, field->view)));
  scene.exact = !scene.moving && feed_.field_is_exact(context) && (!arrows || feed_.gradients_are_exact(context));
  if (!scene.show_field) scene.race = nullptr;
  if (scene.show_field && shows_sampling(context.ui) && chains_are_current(context))
    scene.dots = context.sampled.points;
}

std::optional<SurfaceFeed::Probe> SurfacesViewPanel::pointer_probe(PanelContext& context, const ViewFrame& frame) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  context.ui.pointed.reset();
  if (!navigation_.pointing() || !frame.inside(mouse)) return {};
  context.ui.pointed = surface_point_at(context, frame, mouse);
  if (!context.ui.pointed) return {};
  feed_.want_probe(context, *context.ui.pointed);
  return feed_.probe(context);
}

void SurfacesViewPanel::draw_overlay(PanelContext& context, const ViewFrame& frame) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_axes(context, frame);
  list->PushClipRect(frame.low(), frame.high(), true);
  draw_contour_labels(context, frame, labels_);
  draw_minima(context, frame);
  if (context.ui.show.curvature) draw_curvature(context, frame);
  draw_start(context, frame, navigation_.start().hovered, navigation_.start().held);
  draw_heads(context, frame);
  if (shows_chain_rule(context.ui)) draw_pin(context, frame, navigation_.pin().hovered || navigation_.pin().held);
  list->PopClipRect();
  const float height = std::min(frame.scene.rect.height, 320.0F);
  const ImVec2 bar(frame.high().x + (context.compact ? kGrid / 2 : kGrid), frame.low().y);
  const float edge = ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - 2;
  if (shows_basins(context.ui))
    return draw_basin_legend(context, bar, ImVec2(std::min(bar.x + kLegendWidth, edge), bar.y + height));
  draw_color_bar(context, frame, bar, ImVec2(bar.x + (context.compact ? 10.0F : kBarWidth), bar.y + height));
}

// The rows above the picture have what is read out and said; returns the height that they take.
float SurfacesViewPanel::draw_head(PanelContext& context, const ViewFrame& frame, const Rect& room, HeadShape shape) {
  const auto probe = pointer_probe(context, frame);
  const bool basins = shows_basins(context.ui) && navigation_.pointing();
  notes_.gather(context);
  const bool read = readout_.read(context, probe, basins ? basin_words(context, frame) : "");
  const float row = widgets::control_height();
  if (shape == HeadShape::shared) {
    const Rect line{room.x, room.y, room.width, kLowRow};
    if (notes_.empty() || probe)
      readout_.draw(context, frame, line, false, false);
    else
      notes_.draw(context, line, true);
    return kLowRow;
  }
  float bottom = room.y;
  if (shape == HeadShape::beside) {
    const float least = read ? kLeastReadout : 0;
    const float used = notes_.draw(context, {room.x, room.y, room.width - least, row}, false) - room.x;
    const float gap = used > 0 ? 2 * kGrid : 0;
    readout_.draw(context, frame, {room.x + used + gap, room.y, room.width - used - gap, row}, true, true);
    bottom += row;
  } else {
    readout_.draw(context, frame, {room.x, room.y, room.width, kLineRow}, false, true);
    notes_.draw(context, {room.x, room.y + kLineRow, room.width, row}, false);
    bottom += kLineRow + row;
  }
  bottom += readout_.draw_more(context, ImVec2(room.x, bottom), room.width);
  bottom += notes_.draw_why(context, ImVec2(room.x, bottom + kGrid / 2), room.width);
  return bottom - room.y;
}

// The 3-D view turns until something touches it; then it stays as it stands.
void SurfacesViewPanel::turn(PanelContext& context) {
  SurfaceCamera& camera = context.ui.camera;
  const bool changed = camera_ && camera_->three_d && !same_camera(*camera_, camera);
  const bool touched = navigation_.touched() || context.gesture.active;
  if (!context.ui.turns || !camera.three_d || changed || touched || !browser::may_move()) {
    if (touched && !changed && camera.three_d && slow_turn_.angle() > 0)
      camera.yaw = std::remainder(camera.yaw + slow_turn_.angle(), 2 * std::numbers::pi);
    context.ui.turns = context.ui.turns && camera.three_d && !changed && !touched;
    slow_turn_ = {};
    return;
  }
  slow_turn_.go_on(parallel::seconds_now());
  context.ui.turning = true;
}

void SurfacesViewPanel::draw(PanelContext& context) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float inset = context.compact ? 4.0F : kGrid;
  const float left = context.compact ? kGrid : gutters(false, false).left;
  const bool tools = !context.ui.hidden.has(Part::tools);
  if (tools) {
    ImGui::SetCursorScreenPos(ImVec2(corner.x + left, corner.y + inset));
    draw_tools(context, context.width - left - kGrid);
  }
  turn(context);
  const float below = corner.y + inset + (tools ? widgets::control_height() + inset / 2 : 0);
  const Rect room{corner.x + left, below, context.width - left - kGrid, 0};
  const HeadShape shape = head_shape(room.width, corner.y + context.height - below);
  if (head_height_ < 0) head_height_ = usual_height(shape);
  const float most = corner.y + context.height - below - kLeastPicture;  // the numbers of "Why" may want more
  const float top = below + std::max(std::min(head_height_, most), usual_height(shape)) + inset / 2;
  ViewFrame frame = layout(context, corner, top);
  if (frame.scene.rect.height < 24) return;
  navigation_.update(context, frame);
  // All that the person did to the view is seen in this frame, and its heights are asked for in it.
  frame = layout(context, corner, top);
  frame.scene.moving = moving(context.ui.camera);
  kept_free_ = marks_of(context, frame);
  frame.kept_free = kept_free_;
  request_samples(context, frame);
  context.render.surface(frame.scene);
  frame.scene.race = &context.race;
  draw_overlay(context, frame);
  const float height = draw_head(context, frame, room, shape);
  if (std::exchange(head_height_, height) != height) request_redraw();
}

}  // namespace

std::unique_ptr<Panel> make_surfaces_view() {
  return std::make_unique<SurfacesViewPanel>();
}

}  // namespace descent::web
