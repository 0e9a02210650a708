// SPDX-License-Identifier: MIT
#include "web/panels/surfaces_transport.h"

#include <imgui.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "web/ui_items.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using train::Race;

struct Speed {
  double steps_per_second;
  std::string_view label;
};
constexpr std::array kSpeeds{Speed{2, "2 steps/s"},       Speed{10, "10 steps/s"},   Speed{30, "30 steps/s"},
                             Speed{60, "60 steps/s"},     Speed{200, "200 steps/s"}, Speed{1000, "1,000 steps/s"},
                             Speed{5000, "5,000 steps/s"}};

bool finished(const train::RaceSnapshot& race) {
  for (const train::RunnerSnapshot& runner : race.runners)
    if (runner.status == train::RunStatus::ready || runner.status == train::RunStatus::running) return false;
  return true;
}

// The offered speed nearest to the configured one, on a log scale.
int nearest_speed(double steps_per_second) {
  int best = 0;
  const auto distance = [&](int i) {
    return std::abs(std::log(kSpeeds[static_cast<std::size_t>(i)].steps_per_second / steps_per_second));
  };
  for (int i = 1; i < static_cast<int>(kSpeeds.size()); ++i)
    if (distance(i) < distance(best)) best = i;
  return best;
}

class SurfacesTransportPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  static void draw_speed(PanelContext& context);
};

void SurfacesTransportPanel::draw_speed(PanelContext& context) {
  std::array<std::string_view, kSpeeds.size()> labels;
  for (std::size_t i = 0; i < kSpeeds.size(); ++i) labels[i] = kSpeeds[i].label;
  int selected = nearest_speed(context.ui.race.steps_per_second);
  if (!widgets::combo(context.compact ? "##speed" : "speed", selected, labels,
                      "How many steps a second are shown while playing. The path itself does not depend on it."))
    return;
  const double speed = kSpeeds[static_cast<std::size_t>(selected)].steps_per_second;
  context.ui.race.steps_per_second = speed;
  context.host.race().post([speed](Race& race) { race.set_speed(speed); });
}

void SurfacesTransportPanel::draw(PanelContext& context) {
  const bool playing = context.race.playing;
  const bool done = finished(context.race);
  // On large screens the button takes what the others leave, and the speed stands below.
  const float others = 3 * widgets::control_height() + 2 * widgets::kGrid;
  ImGui::SetNextItemWidth(context.compact ? 96.0F : ImGui::GetContentRegionAvail().x - others);
  if (widgets::button(playing ? "Pause" : "Play", playing ? widgets::Icon::pause : widgets::Icon::play,
                      playing ? "Stop here; everything stays. Key: space."
                              : "Let all optimizers run from where they stand. Key: space.",
                      playing || !done, true))
    toggle_race(context);
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::icon_button("Step back", widgets::Icon::back,
                           "Undo the last step of every optimizer, its memory included. Key: ←.",
                           context.race.step > 0))
    step_race_back(context);
  ImGui::SameLine(0, widgets::kGrid / 2);
  if (widgets::icon_button("Step", widgets::Icon::step, "One step of every optimizer. Key: →.", !done))
    step_race(context);
  ImGui::SameLine(0, widgets::kGrid / 2);
  if (widgets::icon_button("Reset", widgets::Icon::reset, "All optimizers back to the start, memory emptied. Key: R.",
                           context.race.step > 0))
    reset_race(context);
  if (context.compact) ImGui::SameLine(0, widgets::kGrid);
  draw_speed(context);
}

}  // namespace

void toggle_race(PanelContext& context) {
  const bool playing = context.race.playing;
  context.host.race().post([playing](Race& race) {
    if (playing)
      race.pause();
    else
      race.play();
  });
}

void step_race(PanelContext& context) {
  context.host.race().post([](Race& race) {
    race.pause();
    race.step(1);
  });
}

void step_race_back(PanelContext& context) {
  context.host.race().post([](Race& race) {
    race.pause();
    race.back(1);
  });
}

void reset_race(PanelContext& context) {
  context.host.race().post([](Race& race) { race.reset(); });
}

std::unique_ptr<Panel> make_surfaces_transport() {
  return std::make_unique<SurfacesTransportPanel>();
}

}  // namespace descent::web
