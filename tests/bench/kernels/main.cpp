// SPDX-License-Identifier: MIT
// Measures kernels, asserts nothing: prints one line of JSON for each case and number of threads, which
// tests/bench/run.mjs makes a table of. Rounds go through all cases, and the peak of the machine (peak.h) is measured
// between any two of them, so that what disturbs one disturbs the other.
//   kernels_bench [--rounds N] [--threads N]… [FILTER]…     e.g. kernels_bench --threads 1 "conv2 forward"
// A case runs when its "name pass" contains one of the filters; the filter "peak" leaves the peak alone.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/kernels/cases.h"
#include "tests/bench/kernels/peak.h"

namespace {

using namespace descent;
using namespace descent::bench;

constexpr double kSecondsCase = 0.06, kSecondsPeak = 0.01;
constexpr int kRounds = 5;

struct Options {
  int rounds = kRounds;
  std::vector<int> threads;
  std::vector<std::string> filters;
};

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const bool value_follows = i + 1 < argc;
    if (std::strcmp(argv[i], "--rounds") == 0 && value_follows)
      options.rounds = std::max(1, std::atoi(argv[++i]));
    else if (std::strcmp(argv[i], "--threads") == 0 && value_follows)
      options.threads.push_back(std::clamp(std::atoi(argv[++i]), 1, 64));
    else
      options.filters.emplace_back(argv[i]);
  }
  if (options.threads.empty()) options.threads = {1, 2};
  return options;
}

bool wanted(const Case& one, const std::vector<std::string>& filters) {
  const std::string title = one.name + " " + one.pass;
  if (filters.empty()) return !one.on_request;
  return std::any_of(filters.begin(), filters.end(),
                     [&](const std::string& filter) { return title.find(filter) != std::string::npos; });
}

class Peak {
 public:
  explicit Peak(parallel::ThreadPool& pool) : pool_(pool) {}
  void measure() { rates_.push_back(std::max(loop_rate<8>(), loop_rate<12>())); }
  // The peak over many measurements: not the best, which a jump of the clock could make, but what one in ten exceeds.
  [[nodiscard]] double gflops() {
    const auto at = rates_.begin() + static_cast<std::ptrdiff_t>(rates_.size() * 9 / 10);
    std::nth_element(rates_.begin(), at, rates_.end());
    return *at;
  }

 private:
  template <int kSums>
  double loop_rate() {
    const Call loop = [] {
      static thread_local volatile float sink = 0;
      sink = sink + peak_loop<kSums>(kPeakLoops, 0.5F);
    };
    const std::vector<Call> calls(static_cast<std::size_t>(pool_.threads()), loop);
    const double seconds = best_seconds(calls, kSecondsPeak, pool_);
    return peak_operations<kSums>() * pool_.threads() / seconds * 1e-9;
  }

  parallel::ThreadPool& pool_;
  std::vector<double> rates_;
};

struct Running {
  const Case* one;
  std::vector<Call> calls;
  double seconds = 1e9;  // in which all threads make one call
};

std::vector<Running> prepare(const Cases& cases, const Options& options, parallel::ThreadPool& pool) {
  std::vector<Running> all;
  for (const Case& one : cases) {
    if (!wanted(one, options.filters)) continue;
    Running running{&one, {}};
    if (one.make_shared) running.calls.push_back(one.make_shared(pool));
    const int own = one.make_shared ? 0 : pool.threads();
    for (int i = 0; i < own; ++i) running.calls.push_back(one.make());
    all.push_back(std::move(running));
  }
  return all;
}

void print(const Running& running, int threads, double peak) {
  const Case& one = *running.one;
  const double images = one.images * static_cast<double>(running.calls.size());
  const double per_second = images / running.seconds;
  std::printf("{\"name\":\"%s\",\"pass\":\"%s\",\"threads\":%d,\"us_per_image\":%.4f,\"images_per_second\":%.1f",
              one.name.c_str(), one.pass.c_str(), threads, 1e6 / per_second, per_second);
  const auto rate = [&](const char* name, double madds) {
    if (madds <= 0) return;
    const double gflops = 2 * madds * per_second * 1e-9;
    std::printf(",\"%s_gflops\":%.3f,\"%s_percent\":%.2f", name, gflops, name, 100 * gflops / peak);
  };
  rate("direct", one.direct);
  rate("done", one.done);
  if (one.bytes > 0) std::printf(",\"gigabytes_per_second\":%.3f", one.bytes * per_second * 1e-9);
  std::printf("}\n");
}

void run(const Cases& cases, const Options& options, int threads) {
  parallel::ThreadPool pool(threads);
  std::vector<Running> all = prepare(cases, options, pool);
  Peak peak(pool);
  for (int round = 0; round < options.rounds; ++round) {
    peak.measure();
    for (Running& running : all) {
      running.seconds = std::min(running.seconds, best_seconds(running.calls, kSecondsCase, pool));
      peak.measure();
    }
  }
  const double gflops = peak.gflops();
  std::printf("{\"name\":\"peak\",\"threads\":%d,\"gflops\":%.3f}\n", threads, gflops);
  for (const Running& running : all) print(running, threads, gflops);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  const Cases cases = all_cases();
  for (const int threads : options.threads) run(cases, options, threads);
  return 0;
}
