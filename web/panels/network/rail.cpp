// SPDX-License-Identifier: MIT
#include "web/panels/network/rail.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/core/number_text.h"
#include "engine/core/rng.h"
#include "engine/nn/network.h"
#include "engine/optim/optimizer.h"
#include "engine/training/trainer.h"
#include "engine/words/training_words.h"
#include "web/bridge/bridge.h"
#include "web/model/network/presets.h"
#include "web/panels/network/data_set.h"
#include "web/panels/network/editor.h"
#include "web/panels/network/progress.h"
#include "web/widgets/controls.h"
#include "web/widgets/schedule_controls.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr core::ParamSpec kBatchSize{.name = "batch_size",
                                     .default_value = 32,
                                     .minimum = 1,
                                     .maximum = nn::kMaxBatch,
                                     .scale = core::ParamScale::log,
                                     .doc =
                                         "How many images each step uses. Small batches make more and noisier steps "
                                         "in an epoch, large batches fewer and smoother ones. A change applies from "
                                         "the next step.",
                                     .kind = core::ParamKind::integer,
                                     .slider_minimum = 1,
                                     .slider_maximum = 512};
constexpr core::ParamSpec kEpochs{.name = "epochs",
                                  .default_value = 10,
                                  .minimum = 1,
                                  .maximum = training::kMaxEpochs,
                                  .scale = core::ParamScale::linear,
                                  .doc = "How often training goes through all training images before it stops.",
                                  .kind = core::ParamKind::integer,
                                  .slider_minimum = 1,
                                  .slider_maximum = 20};
constexpr core::ParamSpec kSeed{.name = "seed",
                                .default_value = 1,
                                .minimum = 0,
                                .maximum = static_cast<double>(core::kMaxSeed),
                                .scale = core::ParamScale::linear,
                                .doc =
                                    "Decides the first weights and the order of the images. The same seed gives the "
                                    "same run, bit for bit. A new seed starts anew.",
                                .kind = core::ParamKind::integer,
                                .slider_minimum = 0,
                                .slider_maximum = 99};
constexpr core::ParamSpec kThreads{.name = "threads",
                                   .default_value = 0,
                                   .minimum = 0,
                                   .maximum = training::kMaxThreads,
                                   .scale = core::ParamScale::linear,
                                   .doc =
                                       "How many processor threads train the network; 0 takes all there are. The "
                                       "result is the same, bit for bit, with any number.",
                                   .kind = core::ParamKind::integer,
                                   .slider_minimum = 0,
                                   .slider_maximum = 8};

// Another network replaces the trainer's and a draft of it.
void network_choice(PanelContext& context) {
  std::vector<std::string_view> titles;
  for (const NetworkPreset& preset : network_presets()) titles.push_back(preset.title);
  const int present = find_preset(shown_network(context.ui));
  int selected = present;
  if (present < 0) {
    selected = static_cast<int>(titles.size());
    titles.push_back("Your own");
  }
  if (widgets::combo("##Network", selected, titles, "The architecture. Another one starts training anew.") &&
      selected < static_cast<int>(network_presets().size())) {
    training::TrainerConfig config = context.ui.trainer;
    config.network = nn::with_outputs(network_presets()[static_cast<std::size_t>(selected)].make(),
                                      static_cast<int>(context.trainer.class_labels.size()));
    context.ui.draft.reset();
    context.commands.configure_network(std::move(config));
  }
  if (present >= 0) widgets::note(network_presets()[static_cast<std::size_t>(present)].doc);
}

// Another optimizer starts anew with its own defaults, so that its numbers are comparable.
void optimizer_choice(PanelContext& context) {
  std::vector<std::string_view> titles;
  std::vector<const optim::OptimizerInfo*> infos;
  for (const optim::CatalogEntry& entry : optim::catalog()) {
    if (entry.make_float == nullptr) continue;
    titles.push_back(entry.info->title);
    infos.push_back(entry.info);
  }
  int selected = 0;
  for (std::size_t i = 0; i < infos.size(); ++i)
    if (infos[i]->name == context.ui.trainer.optimizer) selected = static_cast<int>(i);
  if (!widgets::combo("##Optimizer", selected, titles, infos[static_cast<std::size_t>(selected)]->summary)) return;
  const optim::OptimizerInfo& info = *infos[static_cast<std::size_t>(selected)];
  training::TrainerConfig config = context.ui.trainer;
  config.optimizer = info.name;
  config.hyperparameters = core::default_values(info.parameters);
  context.commands.configure_network(std::move(config));
}

void schedule_controls(PanelContext& context) {
  training::TrainerConfig config = context.ui.trainer;
  const ScheduledRate rate{.owner = config.optimizer,
                           .laid_out_for = "the epochs of the run",
                           .afterwards = "a run that goes on after the last step begins the schedule anew",
                           .base = config.hyperparameters[0],
                           .step = context.trainer.schedule_step,
                           .length = context.trainer.schedule_steps,
                           .color = widgets::palette().accent};
  if (draw_schedule_controls(rate, true, config.schedule, config.schedule_parameters))
    context.commands.configure_network(std::move(config));
}

// The words of the slider's red zone, from the rate finder.
struct RateZone {
  std::string caption, help;

  explicit RateZone(const training::TrainerSnapshot& trainer)
      : caption(core::short_number(trainer.rates.largest)), help(words::rates_text(trainer.rates)) {}
  [[nodiscard]] widgets::SliderZone zone(const training::TrainerSnapshot& trainer) const {
    if (!help.empty())
      return {.unstable_above = trainer.rates.largest, .caption = caption, .brief = caption, .help = help, .note = {}};
    return {.unstable_above = std::numeric_limits<double>::infinity(),
            .caption = {},
            .brief = {},
            .help = {},
            .note = trainer.searches ? "finding the rates that train…" : " "};
  }
};

void optimizer_section(PanelContext& context) {
  widgets::section_title("Optimizer");
  optimizer_choice(context);
  const optim::CatalogEntry* entry = optim::find_optimizer(context.ui.trainer.optimizer);
  if (entry == nullptr) return;
  std::vector<double>& values = context.ui.trainer.hyperparameters;
  if (values.size() != entry->info->parameters.size()) values = core::default_values(entry->info->parameters);
  const RateZone rates(context.trainer);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double value = values[i];
    if (widgets::param_slider(entry->info->name, entry->info->parameters[i], value,
                              i == 0 ? std::optional(rates.zone(context.trainer)) : std::nullopt))
      context.commands.set_network_hyperparameter(static_cast<int>(i), value);
  }
  schedule_controls(context);
}

// Whole numbers up to 2^53, the seed's limit, pass through the slider's double unchanged.
template <class Integer>
bool integer_slider(const core::ParamSpec& spec, Integer& value) {
  auto number = static_cast<double>(value);
  if (!widgets::param_slider("network", spec, number)) return false;
  value = static_cast<Integer>(std::llround(number));
  return true;
}

// Smith & Topin's one cycle (arXiv:1708.07120) with a peak of three times Adam's usual rate. Within one epoch small
// batches, weight decay and an early peak read more; the figures are those of tests/bench/RESULTS.md.
struct CycleRun {
  std::string_view label, optimizer;
  int epochs = 1, batch_size = 32;
  double peak_at = 0.3;
  std::string_view help;
};
constexpr std::array kCycleRuns{
    CycleRun{"One cycle, 1 epoch", "adamw", 1, 16, 0.15,
             "Trains with AdamW for one epoch, 16 images a step: the learning rate rises to 0.003 and then falls to "
             "almost nothing. The reference network then reads 99 % of MNIST's test images. Training starts anew."},
    CycleRun{"One cycle, 3 epochs", "adam", 3, static_cast<int>(kBatchSize.default_value), 0.3,
             "Trains with Adam for three epochs: the learning rate rises to 0.003 and then falls to almost nothing. "
             "The reference network then reads over 99 % of the test images; a constant rate takes about ten epochs "
             "for that. Training starts anew."}};

void train_cycle(PanelContext& context, const CycleRun& run) {
  training::TrainerConfig config = context.ui.trainer;
  config.optimizer = run.optimizer;
  config.hyperparameters = core::default_values(optim::find_optimizer(run.optimizer)->info->parameters);
  config.hyperparameters[0] = 0.003;
  config.schedule = "one_cycle";
  config.schedule_parameters = core::default_values(optim::find_schedule("one_cycle")->info.parameters);
  config.schedule_parameters[0] = run.peak_at;
  config.batch_size = run.batch_size;
  config.epochs = run.epochs;
  context.commands.train_anew(std::move(config));
}

void run_section(PanelContext& context) {
  widgets::section_title("Run");
  for (const CycleRun& run : kCycleRuns)
    if (widgets::button(run.label, widgets::Icon::play, run.help,
                        context.trainer.state != training::TrainerState::empty))
      train_cycle(context, run);
  training::TrainerConfig config = context.ui.trainer;
  bool changed = integer_slider(kBatchSize, config.batch_size);
  changed |= integer_slider(kEpochs, config.epochs);
  changed |= integer_slider(kSeed, config.seed);
  changed |= integer_slider(kThreads, config.threads);
  if (changed) context.commands.configure_network(std::move(config));
}

void weights_section(PanelContext& context) {
  widgets::section_title("Weights");
  const float half = (ImGui::GetContentRegionAvail().x - widgets::kGrid) / 2;
  ImGui::PushItemWidth(half);
  if (widgets::button(
          "Save weights", widgets::Icon::download,
          "Download the weights and the optimizer's state as safetensors; PyTorch's load_state_dict reads them.",
          context.trainer.parameter_count > 0))
    bridge::save_weights();
  ImGui::SameLine(0, widgets::kGrid);
  if (widgets::button(
          "Restore", widgets::Icon::upload,
          "Take weights from a safetensors file, saved here or by another program. A file that does not fit changes "
          "nothing."))
    bridge::request_files(bridge::FileRequest::weights);
  ImGui::PopItemWidth();
}

void progress_section(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  widgets::progress_bar(progress_fraction(trainer), progress_text(trainer));
  widgets::readout("Epoch", epoch_text(trainer));
  widgets::readout("Images per second",
                   trainer.images_per_second > 0 ? core::grouped(std::llround(trainer.images_per_second)) : "–");
  widgets::readout("Test accuracy", accuracy_text(trainer));
}

class NetworkRailPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  DataSection data_;
  NetworkEditor editor_;
};

void NetworkRailPanel::draw(PanelContext& context) {
  progress_section(context);
  widgets::separator();
  data_.draw(context);
  widgets::separator();
  widgets::section_title("Network");
  network_choice(context);
  editor_.draw(context);
  widgets::separator();
  optimizer_section(context);
  widgets::separator();
  run_section(context);
  widgets::separator();
  weights_section(context);
}

}  // namespace

std::unique_ptr<Panel> make_network_rail() {
  return std::make_unique<NetworkRailPanel>();
}

}  // namespace descent::web
