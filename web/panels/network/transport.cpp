// SPDX-License-Identifier: MIT
#include "web/panels/network/transport.h"

#include <imgui.h>

#include "web/bridge/bridge.h"
#include "web/panels/network/editor.h"
#include "web/panels/network/progress.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using training::TrainerState;

class NetworkTransportPanel : public Panel {
 public:
  void draw(PanelContext& context) override;
};

void NetworkTransportPanel::draw(PanelContext& context) {
  const bool active = is_at_work(context.trainer.state);
  const bool ready = context.trainer.state != TrainerState::empty;
  draw_draft_bar(context);
  // On large screens the button takes what the others leave.
  const float others = 2 * widgets::control_height() + 2 * widgets::kGrid;
  ImGui::SetNextItemWidth(context.compact ? 96.0F : ImGui::GetContentRegionAvail().x - others);
  if (widgets::button(active ? "Pause" : "Train", active ? widgets::Icon::pause : widgets::Icon::play,
                      active ? "Stop after the step under way; nothing is lost. Key: space."
                             : "Train for the epochs set below, from where the run stands. Key: space.",
                      ready, true))
    toggle_training(context);
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::icon_button("Step", widgets::Icon::step, "Train on one batch. Key: →.", ready && !active))
    train_one_step(context);
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::icon_button("Reset", widgets::Icon::reset,
                           "Sets the first weights from the seed again and empties the curves. Key: R.", ready))
    reset_training(context);
  if (!context.compact) return;  // the rail shows it
  ImGui::SameLine(0, widgets::kGrid);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (widgets::control_height() - widgets::kProgressHeight) / 2);
  widgets::progress_bar(progress_fraction(context.trainer), progress_text(context.trainer));
}

}  // namespace

void toggle_training(PanelContext& context) {
  if (is_at_work(context.trainer.state)) {
    context.commands.pause_training();
    return;
  }
  bridge::ensure_dataset();
  context.commands.train();
}

void train_one_step(PanelContext& context) {
  bridge::ensure_dataset();
  context.commands.step_training();
}

void reset_training(PanelContext& context) {
  context.commands.reset_network();
}

std::unique_ptr<Panel> make_network_transport() {
  return std::make_unique<NetworkTransportPanel>();
}

}  // namespace descent::web
