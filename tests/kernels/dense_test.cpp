// SPDX-License-Identifier: MIT
// The SIMD fully connected layer against the plain loops in double: every remainder, depths beyond one stretch of the
// forward pass, gradients in shares, canaries.
#include "engine/kernels/dense.h"

#include <doctest/doctest.h>

#include "engine/kernels/dense_reference.h"
#include "tests/kernels/arrays.h"

using namespace descent;
using kernels::DenseShape;
using testing::Guarded;

namespace {

template <class Fn>
void for_each_size(const Fn& fn) {
  for (int rows : {0, 1, 2, 3, 4, 5, 7, 13})
    for (int inputs : {1, 2, 7, 8, 9, 31, 127, 128, 129, 300})
      for (int outputs : {1, 2, 4, 5, 8, 10, 17}) fn(rows, DenseShape{inputs, outputs});
  for (int rows : {1, 3, 4, 32, 33, 70}) fn(rows, DenseShape{150, 93});
}

// Inputs as behind a ReLU: one in `period` is not 0, all of them when it is 1; and none in the first 20 columns, so
// that sparse and dense stretches meet in one call.
Guarded<float> thinned(core::Rng& rng, int rows, const DenseShape& s, int period) {
  Guarded<float> in = testing::random_array(rng, std::int64_t{rows} * s.inputs, 1);
  if (period > 1)
    for (std::size_t i = 0; i < in.size(); ++i)
      if (i % static_cast<std::size_t>(s.inputs) < 20 || rng.uniform() * period >= 1) in[i] = 0;
  return in;
}

Guarded<float> packed(const DenseShape& s, const Guarded<float>& weights) {
  Guarded<float> panels(s.weights_size(), 1);
  constexpr int kParts = 3;
  for (int part = 0; part < kParts; ++part)
    kernels::dense_pack_backward(s, weights.data(), panels.data(), part, kParts);
  return panels;
}

}  // namespace

TEST_CASE("dense forward and the gradient of its input agree with the definition") {
  core::Rng rng(1);
  double worst = 0;
  bool intact = true;
  for_each_size([&](int rows, const DenseShape& s) {
    const Guarded<float> in = thinned(rng, rows, s, 1 + rows % 4);
    const Guarded<float> dout = testing::random_array(rng, std::int64_t{rows} * s.outputs, 2);
    const Guarded<float> weights = testing::random_array(rng, s.weights_size(), 3);
    const Guarded<float> bias = testing::random_array(rng, s.outputs);
    const Guarded<float> panels = packed(s, weights);
    Guarded<float> out(std::int64_t{rows} * s.outputs, 1), din(std::int64_t{rows} * s.inputs, 3);
    std::vector<double> expected(out.size()), magnitude(out.size()), expected_din(din.size()),
        magnitude_din(din.size());
    const kernels::DenseWeights<float> w{weights.data(), bias.data(), panels.data()};

    kernels::dense_forward(s, rows, in.data(), w, out.data());
    kernels::reference::dense_forward(s, rows, testing::as_double(in).data(), testing::as_double(weights).data(),
                                      testing::as_double(bias).data(), expected.data());
    kernels::reference::dense_forward(s, rows, testing::magnitudes(in).data(), testing::magnitudes(weights).data(),
                                      testing::magnitudes(bias).data(), magnitude.data());
    worst = std::max(worst, testing::excess(out.span(), expected, magnitude, s.inputs));

    kernels::dense_backward_data(s, rows, dout.data(), w, din.data());
    kernels::reference::dense_backward_data(s, rows, testing::as_double(dout).data(),
                                            testing::as_double(weights).data(), expected_din.data());
    kernels::reference::dense_backward_data(s, rows, testing::magnitudes(dout).data(),
                                            testing::magnitudes(weights).data(), magnitude_din.data());
    worst = std::max(worst, testing::excess(din.span(), expected_din, magnitude_din, s.outputs));
    intact = intact && out.intact() && din.intact() && panels.intact();
  });
  CHECK(worst <= 1);
  CHECK(intact);
}

TEST_CASE("dense parameter gradients, made in shares, agree with the definition") {
  core::Rng rng(2);
  double worst = 0;
  bool intact = true;
  for_each_size([&](int rows, const DenseShape& s) {
    const Guarded<float> in = thinned(rng, rows, s, 1 + rows % 4);
    const Guarded<float> dout = testing::random_array(rng, std::int64_t{rows} * s.outputs, 2);
    for (bool accumulate : {false, true}) {
      Guarded<float> dweights = testing::random_array(rng, s.weights_size(), 1);
      Guarded<float> dbias = testing::random_array(rng, s.outputs, 3);
      std::vector<double> expected = testing::as_double(dweights), magnitude = testing::magnitudes(dweights);
      std::vector<double> expected_bias = testing::as_double(dbias), magnitude_bias = testing::magnitudes(dbias);
      const int middle = s.inputs / 3;
      kernels::dense_backward_weights(s, rows, in.data(), dout.data(), 0, middle, accumulate, dweights.data());
      kernels::dense_backward_weights(s, rows, in.data(), dout.data(), middle, s.inputs, accumulate, dweights.data());
      kernels::dense_backward_bias(s, rows, dout.data(), accumulate, dbias.data());
      kernels::reference::dense_backward_weights(s, rows, testing::as_double(in).data(),
                                                 testing::as_double(dout).data(), 0, s.inputs, accumulate,
                                                 expected.data());
      kernels::reference::dense_backward_weights(s, rows, testing::magnitudes(in).data(),
                                                 testing::magnitudes(dout).data(), 0, s.inputs, accumulate,
                                                 magnitude.data());
      kernels::reference::dense_backward_bias(s, rows, testing::as_double(dout).data(), accumulate,
                                              expected_bias.data());
      kernels::reference::dense_backward_bias(s, rows, testing::magnitudes(dout).data(), accumulate,
                                              magnitude_bias.data());
      worst = std::max(worst, testing::excess(dweights.span(), expected, magnitude, rows));
      worst = std::max(worst, testing::excess(dbias.span(), expected_bias, magnitude_bias, rows));
      intact = intact && dweights.intact() && dbias.intact();
    }
  });
  CHECK(worst <= 1);
  CHECK(intact);
}
