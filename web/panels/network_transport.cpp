// SPDX-License-Identifier: MIT
#include "web/panels/network_transport.h"

#include <imgui.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "web/bridge/bridge.h"
#include "web/widgets/controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using train::Trainer;
using train::TrainerState;

bool running(TrainerState state) {
  return state == TrainerState::training || state == TrainerState::evaluating;
}

template <class... Args>
std::string text(const char* format, Args... args) {
  std::array<char, 128> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, args...);
  return buffer.data();
}

std::string duration(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  if (seconds < 99.5) return text("%.0f s", seconds);
  return text("%d min %02d s", static_cast<int>(seconds) / 60, static_cast<int>(seconds) % 60);
}

std::string progress_text(const train::TrainerSnapshot& trainer) {
  switch (trainer.state) {
    case TrainerState::empty:
      return "waiting for data";
    case TrainerState::evaluating:
      return "testing…";
    case TrainerState::training:
      return duration(trainer.seconds_left) + " left";
    default:
      return text("%lld of %lld steps", static_cast<long long>(trainer.step),
                  static_cast<long long>(trainer.target_step));
  }
}

void figures(const train::TrainerSnapshot& trainer) {
  const double epochs = trainer.steps_per_epoch > 0
                            ? static_cast<double>(trainer.step) / static_cast<double>(trainer.steps_per_epoch)
                            : 0.0;
  widgets::readout("Epoch", text("%.2f of %d", epochs, trainer.config.epochs));
  widgets::readout("Images per second", trainer.images_per_second > 0 ? text("%.0f", trainer.images_per_second) : "–");
  widgets::readout("Test accuracy", trainer.test.known ? text("%.2f %%", 100 * trainer.test.accuracy) : "–");
}

}  // namespace

void toggle_training(PanelContext& context) {
  if (running(context.trainer.state)) {
    context.host.trainer().post([](Trainer& trainer) { trainer.pause(); });
    return;
  }
  bridge::ensure_dataset();
  context.host.trainer().post(
      [epochs = context.ui.trainer.epochs](Trainer& trainer) { static_cast<void>(trainer.train_epochs(epochs)); });
}

void train_one_step(PanelContext& context) {
  bridge::ensure_dataset();
  context.host.trainer().post([](Trainer& trainer) { static_cast<void>(trainer.train_steps(1)); });
}

void reset_training(PanelContext& context) {
  context.host.trainer().post([](Trainer& trainer) { trainer.reset(); });
}

void NetworkTransportPanel::draw(PanelContext& context) {
  const bool active = running(context.trainer.state);
  const bool ready = context.trainer.state != TrainerState::empty;
  if (widgets::button(active ? "Pause" : "Train", active ? widgets::Icon::pause : widgets::Icon::play,
                      active ? "Stop after the step under way; nothing is lost. Key: space."
                             : "Train for the epochs set above, from where the run stands. Key: space.",
                      ready, true))
    toggle_training(context);
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::icon_button("Step", widgets::Icon::step, "Train on one batch. Key: →.", ready && !active))
    train_one_step(context);
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::icon_button("Reset", widgets::Icon::reset, "New first weights from the seed; curves start anew. Key: R.",
                           ready))
    reset_training(context);
  const double fraction = context.trainer.target_step > 0 ? static_cast<double>(context.trainer.step) /
                                                                static_cast<double>(context.trainer.target_step)
                                                          : 0.0;
  widgets::progress_bar(fraction, progress_text(context.trainer));
  if (!context.compact) figures(context.trainer);
}

}  // namespace descent::web
