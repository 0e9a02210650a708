// SPDX-License-Identifier: MIT
// Measures, prints, asserts nothing: GFLOP/s of each kernel on the seed network's shapes with its share of the peak
// that a loop of multiply-adds between registers reaches in the same run, then images/s of whole training steps and of
// evaluation at several batch sizes and thread counts; each the best of many short samples. Compile it with the flags
// of the kernels it is linked with (-mrelaxed-simd -DDESCENT_RELAXED_SIMD=1 for the relaxed ones).
//   kernels_bench [threads] [batch] …     e.g. kernels_bench 2 32 128; default: 1 and 2 threads, batch 32
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/rng.h"
#include "engine/kernels/conv2d.h"
#include "engine/kernels/conv2d_pool.h"
#include "engine/kernels/dense.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/f32x4.h"
#include "engine/kernels/pool2d.h"
#include "engine/nn/network.h"
#include "engine/parallel/clock.h"
#include "engine/parallel/thread_pool.h"

namespace {

using namespace descent;
using Floats = std::vector<float>;

constexpr int kBlock = 4;  // images a kernel call works on, as in the network
constexpr double kSecondsEach = 0.4;
constexpr double kSecondsSample = 0.0005;

Floats random_floats(std::int64_t n, double low = -1, double high = 1) {
  core::Rng rng(7);
  Floats values(static_cast<std::size_t>(n));
  for (float& value : values) value = static_cast<float>(rng.uniform(low, high));
  return values;
}

// Seconds of one call: the best of many short samples, which other programs on the machine disturb least.
double seconds_of(const std::function<void()>& call) {
  const double warm_up_end = parallel::seconds_now() + kSecondsEach / 4;
  while (parallel::seconds_now() < warm_up_end) call();
  double best = 1e9;
  const double end = parallel::seconds_now() + kSecondsEach;
  while (parallel::seconds_now() < end) {
    const double begin = parallel::seconds_now();
    double elapsed = 0;
    int calls = 0;
    for (; elapsed < kSecondsSample; elapsed = parallel::seconds_now() - begin, ++calls) call();
    best = std::min(best, elapsed / calls);
  }
  return best;
}

// 12 independent sums, as in the largest tile; short and called often so that the engine optimises it.
__attribute__((noinline)) float peak_loop(int count, float x) {
  using kernels::F32x4;
  F32x4 sums[12];
  for (int i = 0; i < 12; ++i) sums[i] = F32x4::splat(x * static_cast<float>(i));
  const F32x4 a = F32x4::splat(x), b = F32x4::splat(x * 0.5F);
#if defined(__clang__)
#pragma clang loop unroll(disable)  // unrolled, LLVM makes chains of one sum after the other
#endif
  for (int k = 0; k < count; ++k)
    for (F32x4& sum : sums) sum = kernels::madd(a, sum, b);
  F32x4 total = sums[0];
  for (int i = 1; i < 12; ++i) total = total + sums[i];
  return kernels::sum(total);
}

double measured_peak() {
  static volatile float sink = 0;
  const double seconds = seconds_of([] { sink = sink + peak_loop(2000, 0.5F); });
  return 2000.0 * 12 * 4 * 2 / seconds * 1e-9;
}

struct Report {
  double peak = 0;
  void line(const char* name, double madds_per_image, const std::function<void()>& call, int images = kBlock) const {
    const double seconds = seconds_of(call);
    const double gflops = 2 * madds_per_image * images / seconds * 1e-9;
    std::printf("%-32s %8.2f us/image", name, seconds / images * 1e6);
    if (madds_per_image > 0) std::printf("  %7.2f GFLOP/s  %5.1f %% of peak", gflops, 100 * gflops / peak);
    std::printf("\n");
  }
};

void bench_convolution(const Report& report, const char* name, const kernels::Conv2dShape& s, bool data) {
  const Floats in = random_floats(s.in_size() * kBlock), weights = random_floats(s.weights_size());
  const Floats bias = random_floats(s.out_channels), dout = random_floats(s.out_size() * kBlock);
  Floats forward(weights.size()), backward(weights.size()), out(dout.size()), din(in.size()), dweights(weights.size());
  Floats dbias(bias.size()), scratch(static_cast<std::size_t>(s.scratch_size()));
  kernels::conv2d_pack_forward(s, weights.data(), forward.data());
  kernels::conv2d_pack_backward(s, weights.data(), backward.data());
  const kernels::Conv2dWeights<float> w{weights.data(), bias.data(), forward.data(), backward.data()};
  const double madds = static_cast<double>(s.out_height() * s.out_width()) * static_cast<double>(s.weights_size());
  const std::string title(name);
  report.line((title + " forward").c_str(), madds,
              [&] { kernels::conv2d_forward(s, kBlock, in.data(), w, out.data(), scratch.data()); });
  if (data)
    report.line((title + " backward data").c_str(), madds,
                [&] { kernels::conv2d_backward_data(s, kBlock, dout.data(), w, din.data(), scratch.data()); });
  report.line((title + " backward weights").c_str(), madds, [&] {
    kernels::conv2d_backward_weights(s, kBlock, in.data(), dout.data(), dweights.data(), dbias.data(), scratch.data());
  });
}

// Percentages count the dense arithmetic of the separate layers, so they may exceed 100. The bias is chosen so that
// about a third of the pooled cells is alive, as after an epoch of training.
void bench_fused(const Report& report, const char* name, const kernels::Conv2dPoolShape& s, bool data) {
  const Floats in = random_floats(s.conv.in_size() * kBlock), weights = random_floats(s.conv.weights_size());
  const Floats bias(static_cast<std::size_t>(s.conv.out_channels),
                    -0.42F * std::sqrt(static_cast<float>(s.window_size())));
  const Floats dout = random_floats(s.out_size() * kBlock);
  Floats panels(weights.size()), rows(weights.size()), out(dout.size()), din(in.size()), dweights(weights.size());
  Floats dbias(bias.size());
  std::vector<std::uint8_t> winners(dout.size());
  core::AlignedVector<std::byte> scratch(static_cast<std::size_t>(kernels::conv2d_pool_scratch_bytes(s, kBlock)));
  kernels::conv2d_pack_forward(s.conv, weights.data(), panels.data());
  kernels::conv2d_pool_pack_backward(s, weights.data(), rows.data());
  const kernels::Conv2dWeights<float> w{weights.data(), bias.data(), panels.data(), nullptr};
  const double madds =
      static_cast<double>(s.conv.out_height() * s.conv.out_width()) * static_cast<double>(s.conv.weights_size());
  const std::string title(name);
  report.line((title + " forward").c_str(), madds, [&] {
    kernels::conv2d_pool_forward(s, kBlock, in.data(), w, out.data(), winners.data(), scratch.data());
  });
  const auto dead = std::count(winners.begin(), winners.end(), kernels::kDeadCell);
  std::printf("%.0f %% of the cells are alive\n",
              100.0 - 100.0 * static_cast<double>(dead) / static_cast<double>(winners.size()));
  report.line((title + " backward weights").c_str(), madds, [&] {
    kernels::conv2d_pool_backward_weights(s, kBlock, in.data(), dout.data(), winners.data(), dweights.data(),
                                          dbias.data(), scratch.data());
  });
  if (data)
    report.line((title + " backward data").c_str(), madds, [&] {
      kernels::conv2d_pool_backward_data(s, kBlock, dout.data(), winners.data(), rows.data(), din.data(),
                                         scratch.data());
    });
}

void bench_dense(const Report& report, const char* name, const kernels::DenseShape& s, int batch) {
  const Floats in = random_floats(std::int64_t{s.inputs} * batch),
               dout = random_floats(std::int64_t{s.outputs} * batch);
  const Floats weights = random_floats(s.weights_size()), bias = random_floats(s.outputs);
  Floats panels(weights.size()), out(dout.size()), din(in.size()), dweights(weights.size());
  kernels::dense_pack_backward(s, weights.data(), panels.data(), 0, 1);
  const kernels::DenseWeights<float> w{weights.data(), bias.data(), panels.data()};
  const double madds = static_cast<double>(s.weights_size());
  const std::string title(name);
  report.line((title + " pack").c_str(), 0,
              [&] { kernels::dense_pack_backward(s, weights.data(), panels.data(), 0, 1); }, batch);
  report.line((title + " forward").c_str(), madds,
              [&] { kernels::dense_forward(s, kBlock, in.data(), w, out.data()); });
  report.line((title + " backward data").c_str(), madds,
              [&] { kernels::dense_backward_data(s, kBlock, dout.data(), w, din.data()); });
  report.line(
      (title + " backward weights").c_str(), madds,
      [&] { kernels::dense_backward_weights(s, batch, in.data(), dout.data(), 0, s.inputs, false, dweights.data()); },
      batch);
}

void bench_pool(const Report& report, const char* name, const kernels::Pool2dShape& s) {
  const Floats in = random_floats(s.in_size() * kBlock), dout = random_floats(s.out_size() * kBlock);
  Floats out(dout.size()), din(in.size()), active(in);
  std::vector<std::uint8_t> winners(dout.size());
  const std::string title(name);
  const std::int64_t n = s.in_size() * kBlock;
  report.line((title + " relu forward").c_str(), 0, [&] { kernels::relu_forward(n, in.data(), active.data()); });
  report.line((title + " relu backward").c_str(), 0,
              [&] { kernels::relu_backward(n, active.data(), in.data(), din.data()); });
  report.line((title + " pool forward").c_str(), 0,
              [&] { kernels::max_pool2d_forward(s, kBlock, in.data(), out.data(), winners.data()); });
  report.line((title + " pool backward").c_str(), 0,
              [&] { kernels::max_pool2d_backward(s, kBlock, dout.data(), winners.data(), din.data()); });
}

void bench_network(int threads, int batch) {
  auto network = nn::Network<float>::build(nn::seed_network());
  if (!network.ok()) return;
  network->initialize(1);
  const Floats images = random_floats(network->input_size() * batch, 0, 1);
  const std::vector<std::uint8_t> labels(static_cast<std::size_t>(batch), 3);
  parallel::ThreadPool pool(threads);
  std::uint64_t step = 0;
  const double train = seconds_of([&] { network->loss_and_gradients(images, labels, ++step, pool); });
  const double evaluate = seconds_of([&] { network->evaluate(images, labels, {}, pool); });
  std::printf("%d threads, batch %4d: forward+backward %8.0f images/s   evaluate %8.0f images/s   memory %.1f MB\n",
              threads, batch, batch / train, batch / evaluate, static_cast<double>(network->memory_bytes()) * 1e-6);
}

}  // namespace

int main(int argc, char** argv) {
  Report report{measured_peak()};
  std::printf("peak of one thread (12 sums in registers): %.1f GFLOP/s\n", report.peak);
  if (argc <= 1) {
    bench_convolution(report, "conv1", {28, 28, 1, 32, 3, 1, 0}, false);
    bench_convolution(report, "conv2", {13, 13, 32, 64, 3, 1, 0}, true);
    bench_fused(report, "conv1+relu+pool", {{28, 28, 1, 32, 3, 1, 0}, 2, 2}, false);
    bench_fused(report, "conv2+relu+pool", {{13, 13, 32, 64, 3, 1, 0}, 2, 2}, true);
    bench_pool(report, "stage 1", {26, 26, 32, 2, 2, 0});
    bench_pool(report, "stage 2", {11, 11, 64, 2, 2, 0});
    bench_dense(report, "dense1", {1600, 128}, 32);
    bench_dense(report, "dense2", {128, 10}, 32);
    for (int threads = 1; threads <= 2; ++threads) bench_network(threads, 32);
  }
  for (int i = 2; i < argc; ++i) bench_network(std::atoi(argv[1]), std::atoi(argv[i]));
  std::printf("bound, everything computed directly: %.0f images/s a thread\n", report.peak * 1e9 / (2 * 7698432.0));
  return 0;
}
