// SPDX-License-Identifier: MIT
#include "web/model/words/sentence.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/optim/optimizer.h"

namespace descent::web {
namespace {

using core::display_number;
using core::short_number;

std::string title_of(std::string_view optimizer) {
  const optim::CatalogEntry* entry = optim::find_optimizer(optimizer);
  return std::string(entry == nullptr ? optimizer : entry->info->title);
}

// Terms are what the formula consists of, for one workspace.
struct Terms {
  std::string_view optimizer;
  SentencePart rate, gradient, weights, loss, probability;
  std::string_view law;  // what stands between loss and probability
};

std::vector<SentencePart> sentence_of(Terms terms) {
  std::vector<SentencePart> parts;
  const auto word = [&](std::string text) { parts.push_back({.text = std::move(text)}); };
  word("w⁺ =");
  parts.push_back(std::move(terms.weights));
  if (terms.optimizer == "gradient_descent") {
    word("−");
    parts.push_back(std::move(terms.rate));
    parts.push_back(std::move(terms.gradient));
  } else {
    word(core::fill("− {}(", title_of(terms.optimizer)));
    parts.push_back(std::move(terms.rate));
    word(",");
    parts.push_back(std::move(terms.gradient));
    word(")");
  }
  word("   ");
  parts.push_back(std::move(terms.loss));
  word(std::string(terms.law));
  parts.push_back(std::move(terms.probability));
  return parts;
}

double norm(const std::array<double, 2>& v) {
  return std::hypot(v[0], v[1]);
}

}  // namespace

std::vector<SentencePart> network_sentence(const training::TrainerSnapshot& trainer) {
  const training::StepFigures& newest = trainer.newest;
  const training::Inspection& seen = trainer.inspection;
  const auto known = [&](double value) { return newest.known ? short_number(value) : std::string(); };
  Terms terms{
      .optimizer = trainer.config.optimizer,
      .rate = {"η", SymbolSubject::rate, display_number(trainer.learning_rate),
               "The learning rate η of the next step. Opens Training."},
      .gradient = {"∇L", SymbolSubject::gradient, known(newest.gradient_norm),
                   "The gradient of the loss, by its length |∇L| in the newest step. Opens Gradients.", "|∇L|"},
      .weights = {"w", SymbolSubject::weights, short_number(newest.weight_norm),
                  core::fill("All {} weights, by the length |w| = √Σw². Opens Weights.",
                             core::grouped(trainer.parameter_count)),
                  "|w|"},
      .loss = {"L", SymbolSubject::loss, known(newest.loss),
               "The loss: −log p of the right class, the mean over the newest step's batch. Opens Training.", "batch"},
      .probability = {"p", SymbolSubject::probability, {}, {}, "digit"},
      .law = "= mean −log"};
  SentencePart& p = terms.probability;
  p.help = "The probability that the network gives to the label of the digit looked at. Opens Predictions.";
  if (seen.probabilities.size() != trainer.class_labels.size()) {
    // The labels are another network's: nothing is said for a moment.
  } else if (seen.label >= 0 && static_cast<std::size_t>(seen.label) < seen.probabilities.size()) {
    p.value = short_number(static_cast<double>(seen.probabilities[static_cast<std::size_t>(seen.label)]));
    p.name = core::fill("p({})", trainer.class_labels[static_cast<std::size_t>(seen.label)]);
  } else if (!seen.probabilities.empty()) {
    const auto best = std::max_element(seen.probabilities.begin(), seen.probabilities.end());
    p.value = short_number(static_cast<double>(*best));
    p.name = core::fill("p({})", trainer.class_labels[static_cast<std::size_t>(best - seen.probabilities.begin())]);
    p.help = "The probability that the network gives to its answer for your digit. Opens Predictions.";
  }
  return sentence_of(std::move(terms));
}

std::vector<SentencePart> surfaces_sentence(const race::RaceSnapshot& race, int runner, double temperature) {
  if (runner < 0 || static_cast<std::size_t>(runner) >= race.runners.size()) return {};
  const race::RunnerSnapshot& run = race.runners[static_cast<std::size_t>(runner)];
  if (run.losses.empty() || run.points.size() < 2) return {};
  const double value = run.losses.back();
  const std::array<double, 2> head{run.points[run.points.size() - 2], run.points.back()};
  const std::string who = title_of(run.config.optimizer);
  Terms terms{
      .optimizer = run.config.optimizer,
      .rate = {"η", SymbolSubject::rate, display_number(run.learning_rate),
               core::fill("The learning rate η of {}. Opens Rates.", who)},
      .gradient = {"∇L", SymbolSubject::gradient, short_number(norm(run.head.gradient)),
                   core::fill("The gradient where {} stands, by its length |∇L|. Opens Chain rule.", who), "|∇L|"},
      .weights = {"w", SymbolSubject::weights, short_number(norm(head)),
                  core::fill("The two weights x and y of {}, by the length |w| = √(x² + y²). Opens "
                             "Curvature.",
                             who),
                  "|w|"},
      .loss = {"L", SymbolSubject::loss, short_number(value),
               core::fill("The loss where {} stands: the height of the surface. Opens Loss.", who)},
      .probability = {"p", SymbolSubject::probability, short_number(std::exp(-value / temperature)),
                      core::fill("e^(−L/T) at the temperature T = {}: how probable the point is beside one "
                                 "of loss 0 (Boltzmann). Opens Sampling.",
                                 display_number(temperature))},
      .law = "= −T log"};
  if (!(temperature > 0)) terms.probability.value.clear();
  return sentence_of(std::move(terms));
}

}  // namespace descent::web
