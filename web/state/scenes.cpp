// SPDX-License-Identifier: MIT
// The list of scenes. Numbers in sentences are the engine's own: tests/web runs every scene and checks them.
#include "web/state/scenes.h"

#include <array>

#include "engine/core/fill.h"
#include "web/state/runner_marker.h"

namespace descent::web {
namespace {

constexpr Scene kScenes[] = {
    {"learning_rate",
     "Too small, just right, too large",
     {"Gradient descent runs three times from one start; only the learning rate differs.",
      "A rate of 0.02 {0} arrives at the finish after 224 steps; one of 0.3 {1} after 13.",
      "A rate of 0.43 {2} lies above 2/λmax\u00a0=\u00a00.4: every step overshoots by more than the one before, "
      "and the run diverges."},
     R"({"version": 1, "race": {"surface": "quadratic", "parameters": {"kappa": 5}, "start": [-4.2, 0.8],
        "steps_per_second": 10, "freeze": false, "optimizers": [
          {"optimizer": "gradient_descent", "slot": 0, "hyperparameters": {"learning_rate": 0.02}},
          {"optimizer": "gradient_descent", "slot": 1, "hyperparameters": {"learning_rate": 0.3}},
          {"optimizer": "gradient_descent", "slot": 2, "hyperparameters": {"learning_rate": 0.43}}]},
        "view": {"x": [-5, 3], "y": [-2.2, 2.2], "selected": 2, "ellipse": false, "tab": "loss"}})"},

    {"ravine",
     "Momentum in a ravine",
     {"Across this ravine the surface is 100 times as steep as along it: the rate must stay below "
      "2/λmax\u00a0=\u00a00.02, and steps along the floor are tiny.",
      "Gradient descent {0} zigzags and crawls: 241 steps to a loss of 0.001.",
      "Momentum {1}, at the same rate, cancels the zigzag and adds up the steady slope: 45 steps."},
     R"({"version": 1, "race": {"surface": "quadratic", "parameters": {"kappa": 100}, "start": [-4.5, 0.8],
        "steps_per_second": 30, "optimizers": [
          {"optimizer": "gradient_descent", "slot": 0, "hyperparameters": {"learning_rate": 0.019}},
          {"optimizer": "momentum", "slot": 1, "hyperparameters": {"learning_rate": 0.019, "momentum": 0.8}}]},
        "view": {"x": [-5, 1], "y": [-1.2, 1.2], "selected": 0, "tab": "loss"}})"},

    {"saddle",
     "Newton and the saddle",
     {"A pass lies between the two wells: the gradient is zero there, and the surface rises one way and falls the "
      "other.",
      "Newton's method {0} solves ∇f = 0 and does not ask which way is down: it climbs onto the pass and stays.",
      "Saddle-free Newton {1} uses |λ| for λ: the pass pushes it away, and it ends in the well, as gradient "
      "descent {2} does."},
     R"({"version": 1, "race": {"surface": "double_well", "parameters": {"barrier": 1}, "start": [0.35, 1.5],
        "steps_per_second": 10, "optimizers": [
          {"optimizer": "newton_raphson", "slot": 0, "hyperparameters": {"learning_rate": 0.15}},
          {"optimizer": "saddle_free_newton", "slot": 1, "hyperparameters": {"learning_rate": 0.15}},
          {"optimizer": "gradient_descent", "slot": 2, "hyperparameters": {"learning_rate": 0.05}}]},
        "view": {"x": [-1.6, 1.6], "y": [-1.8, 1.8], "three_d": true, "yaw": 0.5, "pitch": 0.65, "selected": 0,
          "ellipse": false, "tab": "loss"}})"},

    {"rare_feature",
     "Adagrad and the rare feature",
     {"x weighs a feature of one example in 50, y a feature of all: the loss hardly slopes along x.",
      "Gradient descent {0} settles y in one step and then crawls along x: 126 steps to a loss of 0.001.",
      "Adagrad {1} divides each coordinate by the size of its own past gradients, so that rare directions take "
      "steps as long as common ones: 46 steps."},
     R"({"version": 1, "race": {"expression": "(rare*x^2 + common*y^2)/2", "domain": [-5, 5, -5, 5],
        "parameters": {"rare": 0.02, "common": 1}, "start": [-4, 1.2], "steps_per_second": 10, "optimizers": [
          {"optimizer": "gradient_descent", "slot": 0, "hyperparameters": {"learning_rate": 1}},
          {"optimizer": "adagrad", "slot": 1, "hyperparameters": {"learning_rate": 0.5}}]},
        "view": {"x": [-5, 2], "y": [-1.5, 1.5], "selected": 1, "ellipse": false, "tab": "loss"}})"},

    {"bias_correction",
     "Adam's bias correction",
     {"Adam's averages start at 0. The squares' average (β₂\u00a0=\u00a00.999) forgets that far more slowly than "
      "the gradients' average (β₁\u00a0=\u00a00.9).",
      "With the correction {0} the first step is 0.12 each way, the learning rate, and the run ends in the "
      "nearest minimum.",
      "Without it {1} the first step is 3.2 times as long, the next are longer still, and the run flies "
      "across the hill into another valley."},
     R"({"version": 1, "race": {"surface": "himmelblau", "start": [-5.8, 3], "steps_per_second": 10, "optimizers": [
          {"optimizer": "adam", "slot": 0, "hyperparameters": {"learning_rate": 0.12, "bias_correction": 1}},
          {"optimizer": "adam", "slot": 1, "hyperparameters": {"learning_rate": 0.12, "bias_correction": 0}}]},
        "view": {"x": [-6.5, 5], "y": [-0.4, 4.6], "selected": 1, "ellipse": false, "tab": "loss"}})"},

    {"basins",
     "Basins of attraction",
     {"Every point of the picture is a start: its colour shows in which of the four minima a run from it ends, its "
      "shade how soon.",
      "Gradient descent {0} creeps downhill, so its basins are four simple regions: click it to see them.",
      "Momentum {1}, shown here, rolls over ridges and through valleys: the last digits of the start decide "
      "where it stops."},
     R"({"version": 1, "race": {"surface": "himmelblau", "start": [-5.2, 2], "steps_per_second": 30, "optimizers": [
          {"optimizer": "gradient_descent", "slot": 0, "hyperparameters": {"learning_rate": 0.005}},
          {"optimizer": "momentum", "slot": 1, "hyperparameters": {"learning_rate": 0.005, "momentum": 0.9}}]},
        "view": {"x": [-7, 7], "y": [-2.6, 4.2], "selected": 1, "ellipse": false, "basins": true, "tab": "loss"}})"},

    {"noise",
     "Noise and a schedule",
     {"Every gradient carries a random error, the same one for all three, as a mini-batch's does.",
      "A constant rate of 0.25 {0} arrives quickly and then shakes for ever; 0.01 {1} hardly shakes, but "
      "is still on its way after 120 steps.",
      "The cosine schedule {2} goes from 0.25 down to 0: it arrives quickly and comes to rest beside the "
      "minimum."},
     R"({"version": 1, "race": {"surface": "quadratic", "parameters": {"kappa": 6}, "start": [-4.5, 1.2],
        "steps_per_second": 10, "seed": 7, "noise": 1.2, "schedule_steps": 120, "budget": 120, "optimizers": [
          {"optimizer": "gradient_descent", "slot": 0, "hyperparameters": {"learning_rate": 0.25}},
          {"optimizer": "gradient_descent", "slot": 1, "hyperparameters": {"learning_rate": 0.01}},
          {"optimizer": "gradient_descent", "slot": 2, "hyperparameters": {"learning_rate": 0.25},
           "schedule": "cosine"}]},
        "view": {"x": [-5, 2], "y": [-1.6, 1.6], "selected": 2, "ellipse": false, "arrows": true, "tab": "loss"}})"},

    {"sampling",
     "From descent to sampling",
     {"Gradient descent {0} ends in the well on its side, and a hundred chains at temperature 0 would all do the "
      "same.",
      "At temperature 0.4 every step of a chain has noise: it hops over the pass, and visits places as often as "
      "Boltzmann's density exp(−f/T) says.",
      "The curve shows the divergence of the visits from that density: it falls while the chains go on. Bayesian "
      "inference samples like this."},
     R"({"version": 1, "race": {"expression": "(x^2/9 - 1)^2 + y^2/2", "domain": [-6, 6, -2.4, 2.4],
        "start": [-4.5, 1.4], "steps_per_second": 10, "optimizers": [
          {"optimizer": "gradient_descent", "slot": 0, "hyperparameters": {"learning_rate": 0.2}}]},
        "sampling": {"temperature": 0.4, "learning_rate": 0.6, "method": "mala", "chains": 100, "seed": 1, "bins": 48,
          "burn_in": 0, "steps_per_second": 120},
        "view": {"x": [-5.5, 5.5], "y": [-1.9, 1.9], "selected": 0, "ellipse": false, "tab": "sampling"}})"},
};

}  // namespace

std::span<const Scene> scenes() {
  return kScenes;
}

std::string spoken(std::string_view sentence) {
  std::array<std::string, kMarkers> names;
  for (int slot = 0; slot < kMarkers; ++slot)
    names[static_cast<std::size_t>(slot)] = core::fill("({})", name_of(runner_marker(slot)));
  const std::array<core::FillValue, 3> values{names[0], names[1], names[2]};
  return core::fill_values(sentence, values);
}

int scene_index(std::string_view name) {
  const std::span<const Scene> all = scenes();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].name == name) return static_cast<int>(i);
  return -1;
}

}  // namespace descent::web
