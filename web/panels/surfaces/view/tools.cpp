// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/tools.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "web/bridge/bridge.h"
#include "web/panels/surfaces/common/survey_controls.h"
#include "web/panels/surfaces/view/basins.h"
#include "web/panels/surfaces/view/navigation.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/workers/survey_wishes.h"

namespace descent::web {
namespace {

using widgets::Icon;
using widgets::kGrid;

constexpr float kNarrowWidth = 480, kNarrowViews = 152;  // below: the views close together
constexpr float kViewList = 100;                         // where there is no room for that either: a list
constexpr float kWordsWidth = 600;                       // from here on the switches have words

struct Switch {
  const char* label;
  Icon icon;
  bool SurfaceSwitches::*value;
  const char* help;
};
constexpr std::array kSwitches{
    Switch{"Lines", Icon::contour, &SurfaceSwitches::contours, "Lines of equal loss, at round values."},
    Switch{"Arrows", Icon::arrows, &SurfaceSwitches::arrows,
           "The downhill direction −∇f on a grid; the longer an arrow, the steeper the surface there (on a logarithmic "
           "scale)."},
    Switch{"Curvature", Icon::curvature, &SurfaceSwitches::curvature,
           "Draws three things at the chosen optimizer's head: the ellipse of the local quadratic model (half axes "
           "1/√|λ| along the Hessian's eigenvectors, dashed where the surface is not convex), the downhill "
           "direction −∇f, and the step of Newton's method. Click a head to choose its optimizer."}};

// The first `count` of them.
void draw_switches(SurfaceSwitches& show, bool words, std::size_t count) {
  for (const Switch& entry : std::span(kSwitches).first(std::min(count, kSwitches.size()))) {
    bool& value = show.*entry.value;
    if (words) {
      ImGui::SameLine(0, 2 * kGrid);
      const float middle = ImGui::GetCursorPosY();
      ImGui::SetCursorPosY(middle + 2);  // switches are a little lower than buttons
      widgets::toggle(entry.label, value, entry.help);
      ImGui::SameLine();
      ImGui::SetCursorPosY(middle);
    } else {
      ImGui::SameLine(0, kGrid / 2);
      widgets::icon_toggle(entry.label, entry.icon, value, entry.help);
    }
  }
}

// buttons_in() counts the buttons that `room` points hold: they are of equal size and kGrid / 2 apart.
std::size_t buttons_in(float room) {
  return static_cast<std::size_t>(std::max(room / (widgets::control_height() + kGrid / 2), 0.0F));
}

void draw_views(PanelContext& context, float width) {
  constexpr std::array<std::string_view, 3> kViews{"Contour", "3-D", "Basins"};
  constexpr std::array<std::string_view, 3> kTips{
      "From above, with lines of equal loss. Drag to pan, wheel or pinch to zoom, double-click for the whole surface.",
      "Shows the same part of the surface in perspective. Drag to turn it, wheel or pinch to come closer; the right "
      "button, shift or two fingers move it.",
      "Where the chosen optimizer ends from every start: a colour for each minimum, darker where it took more steps. "
      "Click to start there."};
  int selected = shows_basins(context.ui) ? 2 : context.ui.camera.three_d ? 1 : 0;
  const bool list = width <= kViewList;
  if (width <= kNarrowViews) ImGui::SetNextItemWidth(width);
  if (list ? widgets::combo("##view", selected, kViews, kTips[static_cast<std::size_t>(selected)])
           : widgets::segments("view", kViews, selected, kTips)) {
    context.ui.camera.three_d = context.ui.turns = selected == 1;
    context.ui.show.basins = selected == 2;
  }
}

}  // namespace

void draw_tools(PanelContext& context, float width) {
  const std::size_t all = kSwitches.size() + 2;  // with the button before and the one behind
  const bool narrow = width < kNarrowWidth;
  const float views = !narrow ? width : buttons_in(width - kNarrowViews) >= all ? kNarrowViews : kViewList;
  const std::size_t count = narrow ? buttons_in(width - views) : all;
  draw_views(context, views);
  ImGui::SameLine(0, narrow ? kGrid / 2 : kGrid);
  if (widgets::icon_button("Fit", Icon::fit,
                           "Show the whole surface again. Double-click in the picture does the same."))
    fit_view(context);
  const bool words = width >= kWordsWidth;
  draw_switches(context.ui.show, words, count - std::min<std::size_t>(count, 1));
  if (count < all) return;
  ImGui::SameLine(0, words ? 2 * kGrid : kGrid / 2);
  if (widgets::icon_button("Save picture", Icon::picture,
                           "Download this picture with title, optimizers and colour bar as a PNG, at twice the size."))
    bridge::save_picture(bridge::kSurfacePicture);
  if (!words || !shows_basins(context.ui)) return;
  ImGui::SameLine(0, kGrid / 2);
  if (widgets::icon_button("Basins CSV", Icon::download,
                           "Download the map as a table (CSV): where each start ends, and after how many steps.",
                           context.surveys.basins.completed > 0))
    context.commands.download_basins(context.surveys.basins);
  ImGui::SameLine(0, 2 * kGrid);
  ImGui::SetNextItemWidth(112);
  draw_survey_steps(context, context.surveys.basins.config.steps,
                    "as many as it takes until fewer than 5 % of the starts still move, within 600 million in all");
}

}  // namespace descent::web
