// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/sampling_controls.h"
#include "engine/core/rng.h"

#include <imgui.h>

#include <array>
#include <string>
#include <string_view>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

using widgets::kGrid;

constexpr std::string_view kOwner = "sampling";
constexpr float kLeastMethod = 80;  // width of the list of methods

// The spec of a logarithmic slider, down to 0; `most` is the largest number that may be typed.
constexpr core::ParamSpec axis_spec(std::string_view name, double most, std::string_view doc, double slider_minimum,
                                    double slider_maximum) {
  return {.name = name,
          .maximum = most,
          .scale = core::ParamScale::log,
          .doc = doc,
          .slider_minimum = slider_minimum,
          .slider_maximum = slider_maximum};
}
constexpr core::ParamSpec kTemperature =
    axis_spec("temperature", sampling::kMaxTemperature,
              "T in the density exp(−f/T)/Z. At 0, the left end, the chains do gradient descent. Above 0, noise of "
              "variance 2ηT in every step lifts chains over hills about as high as T.",
              0, 1e4);
constexpr core::ParamSpec kStepSize = axis_spec(
    "step_size", sampling::kMaxSamplingRate,
    "η in x ← x − η∇f + √(2ηT) ξ, the learning rate of gradient descent. Chains with larger steps travel faster, "
    "but ULA has more bias then and MALA refuses more steps.",
    1e-6, 10);

// A slider that ends automatic settings: whoever moves one wants no other values by themselves.
void draw_axis(SamplingSettings& settings, const core::ParamSpec& spec, double& value, float width) {
  ImGui::SetNextItemWidth(width);
  if (widgets::param_slider(kOwner, spec, value)) settings.automatic = false;
}

constexpr std::array<double, 6> kSpeeds{10, 60, 240, 1000, 5000, 20000};

// The field's refusals say that they are the sampling's: the race's numbers are on the screen too.
template <class Integer>
void whole_field(std::string_view label, Integer& value, std::int64_t least, std::int64_t most, std::string_view help) {
  auto number = static_cast<std::int64_t>(value);
  if (widgets::whole_field(label, number, least, most, help, "Sampling: {} must be a whole number from {} to {}."))
    value = static_cast<Integer>(number);
}

void draw_speed(PanelContext& context, float width) {
  std::array<std::string, kSpeeds.size()> texts;
  std::array<std::string_view, kSpeeds.size()> labels;
  int selected = 0;
  double& speed = context.ui.sampling.steps_per_second;
  for (std::size_t i = 0; i < kSpeeds.size(); ++i) {
    texts[i] = core::fill("{} steps/s", core::grouped(static_cast<std::int64_t>(kSpeeds[i])));
    labels[i] = texts[i];
    if (kSpeeds[i] <= speed) selected = static_cast<int>(i);
  }
  ImGui::SetNextItemWidth(width);
  if (widgets::combo("##sampling speed", selected, labels,
                     "How many steps each chain makes in a second, if the processor can keep up."))
    speed = kSpeeds[static_cast<std::size_t>(selected)];
}

void draw_method(PanelContext& context, float width) {
  constexpr std::array<std::string_view, 2> kNames{"ULA", "MALA"};
  int selected = context.ui.sampling.method == sampling::SamplingMethod::mala ? 1 : 0;
  ImGui::SetNextItemWidth(width);
  if (widgets::combo(
          "##method", selected, kNames,
          "ULA, the unadjusted Langevin algorithm (SGLD without the sampling of data), takes every step. MALA "
          "refuses some, by Metropolis and Hastings' rule, and so has no bias."))
    context.ui.sampling.method = selected == 1 ? sampling::SamplingMethod::mala : sampling::SamplingMethod::ula;
}

}  // namespace

void draw_temperature(PanelContext& context, float width) {
  draw_axis(context.ui.sampling, kTemperature, context.ui.sampling.temperature, width);
}

void draw_step_size(PanelContext& context, float width) {
  draw_axis(context.ui.sampling, kStepSize, context.ui.sampling.learning_rate, width);
}

void draw_sampler_buttons(PanelContext& context, float width) {
  const float button = widgets::control_height(), gap = kGrid / 2;
  const bool playing = context.sampled.playing;
  const bool lost = context.sampled.status == race::RunStatus::diverged;
  constexpr std::string_view kLost = "All chains have diverged: reset them, with a smaller step size.";
  if (widgets::icon_button(playing ? "Pause chains" : "Run chains",
                           playing ? widgets::Icon::pause : widgets::Icon::play,
                           playing ? "Stop the chains where they are."
                           : lost  ? kLost
                                   : "Let all chains go on.",
                           playing || !lost))
    context.ui.sampling_runs = !playing;
  ImGui::SameLine(0, gap);
  if (widgets::icon_button("Step chains", widgets::Icon::step, lost ? kLost : "One step of every chain.", !lost))
    context.commands.step_chains();
  ImGui::SameLine(0, gap);
  if (widgets::icon_button("Reset chains", widgets::Icon::reset,
                           context.sampled.step > 0
                               ? "Takes all chains back to the start, empties the histogram and repeats the same "
                                 "random numbers."
                               : "No step has been made: all chains are at the start.",
                           context.sampled.step > 0))
    context.commands.reset_chains();
  // A row that is too narrow is broken: the rest stands in another one.
  const bool broken = width < 4 * button + 3 * gap + kGrid + kLeastMethod;
  if (!broken) ImGui::SameLine(0, gap);
  widgets::icon_toggle("Suit the surface", widgets::Icon::fit, context.ui.sampling.automatic,
                       "Chooses temperature and step size for the surface: a density that fills a tenth of the "
                       "picture, and the largest step that the method still accepts often. Moving a slider turns "
                       "this off.");
  ImGui::SameLine(0, kGrid);
  draw_method(context, broken ? width - button - kGrid : width - 4 * button - 3 * gap - kGrid);
}

void draw_sampler_numbers(PanelContext& context, float width) {
  SamplingSettings& settings = context.ui.sampling;
  const float half = (width - kGrid) / 2;
  ImGui::SetNextItemWidth(half);
  whole_field("chains", settings.chains, 1, sampling::kMaxChains,
              "How many independent chains there are; they all begin at the start of the race.");
  ImGui::SameLine(0, kGrid);
  ImGui::SetNextItemWidth(half);
  whole_field("seed", settings.seed, 0, core::kMaxSeed,
              "The seed of the random numbers: the same seed gives the same chains.");
}

void draw_sampler_details(PanelContext& context, float width) {
  SamplingSettings& settings = context.ui.sampling;
  const float half = (width - kGrid) / 2;
  ImGui::SetNextItemWidth(half);
  whole_field(
      "burn-in", settings.burn_in, 0, 1'000'000,
      "The histogram leaves out so many steps when it begins, while the chains still remember where they came from.");
  ImGui::SameLine(0, kGrid);
  ImGui::SetNextItemWidth(half);
  whole_field("cells", settings.bins, sampling::kMinBins, sampling::kMaxBins,
              "How many cells the histogram has along each side.");
  draw_speed(context, width);
}

}  // namespace descent::web
