// SPDX-License-Identifier: MIT
// Race: what is asked about its surface, for display.
#include "engine/race/height_field.h"
#include "engine/race/race_impl.h"

namespace descent::race {

surfaces::LocalModel Race::local_model(surfaces::Point point) const {
  return surfaces::local_model(*impl_->surface, point);
}

HeightField Race::sample(const surfaces::Domain& view, int width, int height) const {
  HeightField field = sample_heights(*impl_->surface, view, width, height);
  field.config_version = impl_->config_version;
  return field;
}

HeightRange Race::height_range(const surfaces::Domain& part) const {
  return race::height_range(*impl_->surface, part);
}

GradientField Race::sample_gradients(const surfaces::Domain& view, int width, int height) const {
  GradientField field = race::sample_gradients(*impl_->surface, view, width, height);
  field.config_version = impl_->config_version;
  return field;
}

}  // namespace descent::race
