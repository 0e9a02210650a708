// SPDX-License-Identifier: MIT
#include "engine/inspect/loss/plane_point.h"

#include <cstddef>
#include <vector>

namespace descent::inspect {
namespace {

template <class T>
double along(std::span<const T> vector, std::span<const float> direction) {
  double sum = 0;
  for (std::size_t i = 0; i < vector.size(); ++i)
    sum += static_cast<double>(vector[i]) * static_cast<double>(direction[i]);
  return sum;
}

}  // namespace

template <class T>
PlanePoint plane_point(SubsetLoss<T>& loss, const Plane& plane, double a, double b, PlaneWish wish,
                       parallel::ThreadPool& pool) {
  const auto& [first, second] = plane.directions;
  std::vector<T> vector(plane.middle.size());
  weights_at(plane, a, b, vector);
  loss.set_weights(vector);
  if (wish == PlaneWish::value) {
    loss.start_loss();
  } else {
    loss.start_gradient();
  }
  loss.finish(pool);
  PlanePoint point{.value = loss.loss()};
  if (wish == PlaneWish::value) return point;
  point.gradient = {along<T>(loss.result(), first), along<T>(loss.result(), second)};
  if (wish == PlaneWish::gradient) return point;
  vector.assign(first.begin(), first.end());
  loss.start_product(vector);
  loss.finish(pool);
  point.hessian[0] = along<T>(loss.result(), first);
  point.hessian[1] = along<T>(loss.result(), second);
  vector.assign(second.begin(), second.end());
  loss.start_product(vector);
  loss.finish(pool);
  point.hessian[2] = along<T>(loss.result(), second);
  return point;
}

template PlanePoint plane_point(SubsetLoss<float>&, const Plane&, double, double, PlaneWish, parallel::ThreadPool&);
template PlanePoint plane_point(SubsetLoss<double>&, const Plane&, double, double, PlaneWish, parallel::ThreadPool&);

}  // namespace descent::inspect
