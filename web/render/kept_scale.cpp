// SPDX-License-Identifier: MIT
#include "web/render/kept_scale.h"

#include "engine/race/race.h"

#include <algorithm>

namespace descent::web::render {
namespace {

bool same(const surfaces::Domain& a, const surfaces::Domain& b) {
  return a.x0 == b.x0 && a.x1 == b.x1 && a.y0 == b.y0 && a.y1 == b.y1;
}

std::optional<double> lowest_minimum(const race::RaceSnapshot* race) {
  std::optional<double> lowest;
  if (race != nullptr)
    for (const surfaces::Minimum& minimum : race->minima)
      lowest = std::min(lowest.value_or(minimum.value), minimum.value);
  return lowest;
}

}  // namespace

bool KeptScale::Key::equals(const Key& other) const {
  return same(core, other.core) && log == other.log && lowest == other.lowest && field_version == other.field_version;
}

bool KeptScale::Key::moved(const Key& other) const {
  return same_size(core, other.core) && log == other.log && lowest == other.lowest &&
         surface_version == other.surface_version;
}

const ValueScale& KeptScale::of(const SurfaceView& scene, const race::HeightField& field, std::uint64_t version) {
  const SurfaceCamera& camera = scene.camera;
  const Key key{camera.view, scene.log_colours, lowest_minimum(scene.race), version, field.config_version};
  const bool dragged = scene.moving && !camera.three_d && key_ && key_->moved(key);
  if (!dragged && (!key_ || !key_->equals(key))) {
    scale_ = fit_scale(field.core, field.around, key.log, key.lowest);
    key_ = key;
  }
  return scale_;
}

}  // namespace descent::web::render
