// SPDX-License-Identifier: MIT
// Measures, prints, asserts nothing: the surveys of a surface, for tests/bench/surfaces.mjs.
//   surfaces_bench [SECONDS]   how long a measurement may take; what is not complete by then is extrapolated
// Each line is JSON: {"what", "surface", "threads", "steps_per_second", "seconds"}. "one by one" runs the starts of the
// basin map as single descents, the plain reference; a step is one evaluation of f and its gradient.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/param_spec.h"
#include "engine/optim/optimizer.h"
#include "engine/parallel/clock.h"
#include "engine/parallel/thread_pool.h"
#include "engine/race/descend.h"
#include "engine/race/race.h"
#include "engine/survey/basins.h"
#include "engine/survey/heat_map.h"
#include "engine/survey/sweep.h"

namespace {

using namespace descent;

constexpr std::int64_t kSteps = 200;
constexpr int kMapSide = 512;

struct Subject {
  std::string_view name;
  surfaces::SurfaceChoice choice;
};

std::vector<Subject> subjects() {
  surfaces::SurfaceChoice typed{.surface = std::string(surfaces::kExpressionName)};
  typed.expression = surfaces::TypedFormula("(x^2 + y - 11)^2 + (x + y^2 - 7)^2");
  typed.domain = {-6, 6, -6, 6};
  return {{"himmelblau", {.surface = "himmelblau"}}, {"himmelblau, typed", typed}};
}

race::RunnerConfig adam() {
  race::RunnerConfig runner{.optimizer = "adam"};
  runner.hyperparameters = core::default_values(optim::find_optimizer("adam")->info->parameters);
  runner.hyperparameters[0] = 0.1;
  return runner;
}

// Ten optimizers that ask for gradients only.
std::vector<race::RunnerConfig> ten() {
  std::vector<race::RunnerConfig> runners;
  for (const std::string_view name : {"gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop",
                                      "adam", "amsgrad", "adamax", "nadam"})
    runners.push_back({.optimizer = std::string(name)});
  return runners;
}

void print(std::string_view what, const Subject& subject, int threads, double steps, double total, double took) {
  std::printf(R"({"what":"%.*s","surface":"%.*s","threads":%d,"steps_per_second":%.6g,"seconds":%.4g})"
              "\n",
              static_cast<int>(what.size()), what.data(), static_cast<int>(subject.name.size()), subject.name.data(),
              threads, steps / took, took * total / steps);
}

// Runs the survey to its end or until the time is up.
template <class Survey, class Config>
void measure(std::string_view what, const Subject& subject, const Config& config, int threads, double seconds) {
  Survey survey;
  if (const core::Status status = survey.configure(config); !status.ok()) {
    std::fprintf(stderr, "%s\n", status.message().c_str());
    std::exit(1);
  }
  parallel::ThreadPool pool(threads);
  const double begin = parallel::seconds_now();
  do survey.advance(pool);
  while (survey.busy() && parallel::seconds_now() - begin < seconds);
  const double took = parallel::seconds_now() - begin;
  const auto& result = survey.result();
  const auto steps = static_cast<double>(result.config.steps);
  print(what, subject, threads, static_cast<double>(result.completed) * steps,
        static_cast<double>(result.total) * steps, took);
}

void one_by_one(const Subject& subject, double seconds) {
  race::DescentRequest request;
  request.surface = subject.choice.surface;
  request.expression = subject.choice.expression;
  request.domain = subject.choice.domain;
  request.optimizer = adam().optimizer;
  request.hyperparameters = adam().hyperparameters;
  request.steps = kSteps;
  const double begin = parallel::seconds_now();
  std::int64_t steps = 0;
  for (int i = 0; steps == 0 || parallel::seconds_now() - begin < seconds; i += 97) {  // all over the map
    request.start = {-6 + 12 * (i % kMapSide) / (kMapSide - 1.0),
                     -6 + 12 * (i / kMapSide % kMapSide) / (kMapSide - 1.0)};
    const auto result = race::descend(request);
    if (!result.ok()) {
      std::fprintf(stderr, "%s\n", result.message().c_str());
      std::exit(1);
    }
    steps += result->steps;
  }
  print("one by one", subject, 1, static_cast<double>(steps), static_cast<double>(kSteps) * kMapSide * kMapSide,
        parallel::seconds_now() - begin);
}

void all_of(const Subject& subject, double seconds) {
  one_by_one(subject, std::min(seconds, 1.0));
  for (const int threads : {1, 2}) {
    survey::BasinConfig basins{.surface = subject.choice, .runner = adam(), .domain = {-6, 6, -6, 6}};
    basins.width = basins.height = kMapSide;
    basins.steps = kSteps;
    measure<survey::BasinMap>("basins 512 x 512", subject, basins, threads, seconds);
    survey::RateSweepConfig sweep{.surface = subject.choice, .start = {5.4, 1.2}, .runners = ten()};
    sweep.count = 100;
    sweep.steps = kSteps;
    measure<survey::RateSweep>("sweep 10 x 100", subject, sweep, threads, seconds);
    survey::HeatMapConfig map{.surface = subject.choice, .start = {5.4, 1.2}, .runner = adam()};
    map.x = {.name = "learning_rate", .min = 1e-3, .max = 10};
    map.y = {.name = "beta1", .min = 0, .max = 0.99, .log = false};
    map.steps = kSteps;
    measure<survey::HeatMap>("heat map 128 x 128", subject, map, threads, seconds);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::max(0.01, std::atof(argv[1])) : 30;
  for (const Subject& subject : subjects()) all_of(subject, seconds);
  return 0;
}
