// SPDX-License-Identifier: MIT
// Lists what is measured: a table of cases, each a kernel's pass on a shape of the reference network, or all of it.
// A case makes its own arrays, once for each thread that runs it. One more kernel is one function here and one line in
// all_cases().
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/parallel/thread_pool.h"
#include "tests/bench/kernels/measure.h"

namespace descent::bench {

inline constexpr int kBlock = 4;  // images a kernel call works on, as in the network

struct Case {
  std::string name;  // "conv2"
  std::string pass;  // "forward"
  int images = kBlock;
  // Multiply-adds an image. direct: of the separate layers, everything computed, by definition; done: by the algorithm
  // at hand, which may need fewer. 0: nothing to count.
  double direct = 0, done = 0;
  double bytes = 0;  // an image, each array that is read or written counted once
  // A call on arrays of its own.
  std::function<Call()> make;
  // Instead of `make`: a call that shares its work over the threads of the pool by itself.
  std::function<Call(parallel::ThreadPool&)> make_shared;
  bool on_request = false;  // runs only when a filter names it
};

using Cases = std::vector<Case>;

void add_convolutions(Cases& cases);
void add_fused(Cases& cases);
// Ways to the same fused forward pass, for the table in engine/kernels/winograd.cpp; on request.
void add_methods(Cases& cases);
void add_pooling(Cases& cases);
void add_dense(Cases& cases);
void add_network(Cases& cases);

[[nodiscard]] inline Cases all_cases() {
  Cases cases;
  add_convolutions(cases);
  add_fused(cases);
  add_methods(cases);
  add_pooling(cases);
  add_dense(cases);
  add_network(cases);
  return cases;
}

// Uniform in [low, high), always the same.
[[nodiscard]] std::vector<float> random_floats(std::int64_t n, double low = -1, double high = 1);

}  // namespace descent::bench
