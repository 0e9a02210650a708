// SPDX-License-Identifier: MIT
// Measures, prints, asserts nothing: the surveys of a surface. Gradient evaluations a second of a basin map (many
// starts at once) against the plain reference that runs them one by one, on one thread and on two, for a built-in
// surface and the same typed as a formula; then how long a whole map, a sweep of learning rates and a heat map take.
//   surfaces_bench [seconds]     time each measurement may take, default 2
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/parallel/clock.h"
#include "engine/parallel/thread_pool.h"
#include "engine/train/basins.h"
#include "engine/train/heat_map.h"
#include "engine/train/sweep.h"

namespace {

using namespace descent;

constexpr int kThreads = 2;
constexpr std::int64_t kSteps = 200;

surfaces::SurfaceChoice himmelblau() {
  return {.surface = "himmelblau"};
}
surfaces::SurfaceChoice typed() {
  surfaces::SurfaceChoice choice{.surface = std::string(surfaces::kExpressionName)};
  choice.expression = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
  choice.domain = {-6, 6, -6, 6};
  return choice;
}

train::RunnerConfig adam() {
  return {"adam", {0.1, 0.9, 0.999, 1e-8, 0}};
}

// Runs `job` to its end or until the time is up; lane steps a second (starts times steps).
template <class Job>
double speed(Job& job, int threads, double seconds, bool& complete, double& took) {
  parallel::ThreadPool pool(threads);
  const double begin = parallel::seconds_now();
  while (job.busy() && parallel::seconds_now() - begin < seconds) job.advance(pool);
  took = parallel::seconds_now() - begin;
  complete = !job.busy();
  return static_cast<double>(job.result().completed) * static_cast<double>(job.result().config.steps) / took;
}

double reference_speed(const surfaces::SurfaceChoice& choice, double seconds) {
  const double begin = parallel::seconds_now();
  std::int64_t steps = 0;
  for (int i = 0; parallel::seconds_now() - begin < seconds; ++i) {
    train::DescentRequest request;
    request.surface = choice.surface;
    request.expression = choice.expression;
    request.domain = choice.domain;
    request.optimizer = adam().optimizer;
    request.hyperparameters = adam().hyperparameters;
    request.start = {-6 + 12 * (i % 512) / 511.0, -6 + 12 * (i / 512 % 512) / 511.0};
    request.steps = kSteps;
    const auto result = train::descend(request);
    if (!result.ok()) {
      std::printf("%s\n", result.message().c_str());
      return 0;
    }
    steps += result->steps;
  }
  return static_cast<double>(steps) / (parallel::seconds_now() - begin);
}

void bench_basins(std::string_view name, const surfaces::SurfaceChoice& choice, double seconds) {
  const double reference = reference_speed(choice, seconds);
  std::printf("%-34.*s one by one          %8.2f M evaluations/s\n", static_cast<int>(name.size()), name.data(),
              reference / 1e6);
  double one = 0;
  for (const int threads : {1, kThreads}) {
    train::BasinMap map;
    train::BasinConfig config{.surface = choice, .runner = adam(), .domain = {-6, 6, -6, 6}, .steps = kSteps};
    if (const core::Status status = map.configure(config); !status.ok())
      return static_cast<void>(std::printf("%s\n", status.message().c_str()));
    bool complete = false;
    double took = 0;
    const double rate = speed(map, threads, std::max(seconds, 30.0), complete, took);
    if (threads == 1) one = rate;
    std::printf(
        "%-34s basins, %d thread%s   %8.2f M evaluations/s, %.1f x one by one, %.2f x 1 thread; 512x512 in %.2f s\n",
        "", threads, threads == 1 ? " " : "s", rate / 1e6, rate / reference, rate / one,
        complete ? took : 512.0 * 512 * kSteps / rate);
  }
}

// Ten optimizers that ask for gradients only.
std::vector<train::RunnerConfig> ten() {
  std::vector<train::RunnerConfig> runners;
  for (const std::string_view name : {"gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop",
                                      "adam", "amsgrad", "adamax", "nadam"})
    runners.push_back({std::string(name), {}});
  return runners;
}

void bench_sweep(std::string_view name, const surfaces::SurfaceChoice& choice) {
  for (const int threads : {1, kThreads}) {
    train::RateSweep sweep;
    train::RateSweepConfig config{.surface = choice, .start = {5.4, 1.2}, .runners = ten(), .count = 100};
    if (!sweep.configure(config).ok()) return;
    bool complete = false;
    double took = 0;
    const double rate = speed(sweep, threads, 60, complete, took);
    std::printf("%-34.*s 10 optimizers x 100 rates x 200 steps, %d thread%s %8.3f s (%.1f M steps/s)\n",
                static_cast<int>(name.size()), name.data(), threads, threads == 1 ? " " : "s", took, rate / 1e6);
  }
}

void bench_heat_map(std::string_view name, const surfaces::SurfaceChoice& choice) {
  for (const int threads : {1, kThreads}) {
    train::HeatMap map;
    train::HeatMapConfig config{.surface = choice, .start = {5.4, 1.2}, .runner = adam()};
    config.x = {.name = "learning_rate", .min = 1e-3, .max = 10};
    config.y = {.name = "beta1", .min = 0, .max = 0.99, .log = false};
    if (!map.configure(config).ok()) return;
    bool complete = false;
    double took = 0;
    const double rate = speed(map, threads, 60, complete, took);
    std::printf("%-34.*s heat map 128 x 128 of adam, 200 steps, %d thread%s %8.3f s (%.1f M steps/s)\n",
                static_cast<int>(name.size()), name.data(), threads, threads == 1 ? " " : "s", took, rate / 1e6);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::max(0.1, std::atof(argv[1])) : 2;
  std::printf("adam, 200 steps\n");
  for (const auto& [name, choice] : {std::pair{"himmelblau", himmelblau()}, std::pair{"himmelblau, typed", typed()}}) {
    bench_basins(name, choice, seconds);
    bench_sweep(name, choice);
    bench_heat_map(name, choice);
  }
  return 0;
}
