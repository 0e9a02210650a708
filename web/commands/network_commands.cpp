// SPDX-License-Identifier: MIT
// Commands to the trainer.
#include <algorithm>
#include <utility>

#include "engine/optim/optimizer.h"
#include "web/commands/commands.h"

namespace descent::web {

using training::Trainer;

void Commands::configure_network(training::TrainerConfig config) {
  ui_.trainer = config;
  host_.trainer().post(
      [config = std::move(config)](Trainer& trainer) { static_cast<void>(trainer.configure(config)); });
}

void Commands::train_anew(training::TrainerConfig config) {
  ui_.trainer = config;
  host_.trainer().post([config = std::move(config)](Trainer& trainer) {
    if (!trainer.configure(config).ok()) return;
    trainer.reset();
    static_cast<void>(trainer.train());
  });
}

void Commands::set_network_hyperparameter(int index, double value) {
  const auto i = static_cast<std::size_t>(index);
  const optim::CatalogEntry* entry = optim::find_optimizer(ui_.trainer.optimizer);
  std::vector<double>& values = ui_.trainer.hyperparameters;
  if (entry == nullptr || index < 0 || i >= entry->info->parameters.size()) return;
  if (values.size() != entry->info->parameters.size()) values = core::default_values(entry->info->parameters);
  const core::ParamSpec& spec = entry->info->parameters[i];
  value = std::clamp(value, spec.minimum, spec.maximum);
  if (values[i] == value) return;
  values[i] = value;
  host_.trainer().post(
      [index, value](Trainer& trainer) { static_cast<void>(trainer.set_hyperparameter(index, value)); });
}

void Commands::train() {
  host_.trainer().post([](Trainer& trainer) { static_cast<void>(trainer.train()); });
}

void Commands::pause_training() {
  host_.trainer().post([](Trainer& trainer) { trainer.pause(); });
}

void Commands::step_training() {
  host_.trainer().post([](Trainer& trainer) { static_cast<void>(trainer.train_steps(1)); });
}

void Commands::reset_network() {
  host_.trainer().post([](Trainer& trainer) { trainer.reset(); });
}

void Commands::seek_network(std::int64_t step) {
  host_.trainer().post([step](Trainer& trainer) { static_cast<void>(trainer.seek(step)); });
}

void Commands::branch_network() {
  host_.trainer().post([](Trainer& trainer) { static_cast<void>(trainer.branch()); });
}

void Commands::pin_run(std::uint64_t id, bool on) {
  host_.trainer().post([id, on](Trainer& trainer) { static_cast<void>(trainer.keep_run(id, on)); });
}

void Commands::remove_run(std::uint64_t id) {
  host_.trainer().post([id](Trainer& trainer) { static_cast<void>(trainer.remove_run(id)); });
}

void Commands::study_ranks(std::string parameter) {
  host_.trainer().post([parameter = std::move(parameter)](Trainer& trainer) {
    trainer.ranks(parameter, 0, [](const core::Result<inspect::RankCurve>&) {});  // the snapshot shows it
  });
}

void Commands::turn_images(bool turned) {
  host_.trainer().post([layout = turned ? data::Layout::transposed : data::Layout::upright](Trainer& trainer) {
    static_cast<void>(trainer.set_layout(layout));
  });
}

void Commands::undo_load() {
  host_.trainer().post([](Trainer& trainer) { static_cast<void>(trainer.undo_load()); });
}

}  // namespace descent::web
