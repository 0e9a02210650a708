// SPDX-License-Identifier: MIT
// Softmax and cross-entropy of one row of logits z (classes), shifted by the largest logit so that nothing overflows:
//   p_c = e^(z_c - m) / S,  S = sum e^(z_c - m),  loss = log S - (z_label - m),  dz_c = (p_c - [c = label]) * scale
// Sums run in double in the order of the classes. NaN or infinite logits give a NaN loss: the caller sees divergence.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace descent::kernels {

// The index of the largest logit, the first of equals.
template <class T>
int largest(int classes, const T* logits) {
  return static_cast<int>(std::max_element(logits, logits + classes) - logits);
}

// logits, probabilities: (classes); they may be the same array.
template <class T>
void softmax(int classes, const T* logits, T* probabilities) {
  const double shift = static_cast<double>(*std::max_element(logits, logits + classes));
  double sum = 0;
  for (int c = 0; c < classes; ++c) sum += std::exp(static_cast<double>(logits[c]) - shift);
  for (int c = 0; c < classes; ++c)
    probabilities[c] = static_cast<T>(std::exp(static_cast<double>(logits[c]) - shift) / sum);
}

template <class T>
double cross_entropy(int classes, const T* logits, int label) {
  const double shift = static_cast<double>(*std::max_element(logits, logits + classes));
  double sum = 0;
  for (int c = 0; c < classes; ++c) sum += std::exp(static_cast<double>(logits[c]) - shift);
  return std::log(sum) - (static_cast<double>(logits[label]) - shift);
}

// dlogits: (classes).
template <class T>
void cross_entropy_gradient(int classes, const T* logits, int label, double scale, T* dlogits) {
  const double shift = static_cast<double>(*std::max_element(logits, logits + classes));
  double sum = 0;
  for (int c = 0; c < classes; ++c) sum += std::exp(static_cast<double>(logits[c]) - shift);
  for (int c = 0; c < classes; ++c) {
    const double probability = std::exp(static_cast<double>(logits[c]) - shift) / sum;
    dlogits[c] = static_cast<T>((probability - (c == label ? 1.0 : 0.0)) * scale);
  }
}

}  // namespace descent::kernels
