// SPDX-License-Identifier: MIT
// KeptScale: the scale of values of the scene that was last asked for. Fitting looks at every sample of the field, and
// overlays ask for it point by point. While a flat view is dragged the scale stays as it was. No GL here.
#pragma once

#include <cstdint>
#include <optional>

#include "web/model/geometry/view_math.h"
#include "web/render/renderer.h"

namespace descent::web::render {

class KeptScale {
 public:
  // `version`: another one for each field.
  const ValueScale& of(const SurfaceView& scene, const race::HeightField& field, std::uint64_t version);

 private:
  // The scale depends on this Key.
  struct Key {
    surfaces::Domain core;
    bool log = false;
    std::optional<double> lowest;
    std::uint64_t field_version = 0, surface_version = 0;  // the latter is the one of the field's race

    [[nodiscard]] bool equals(const Key& other) const;
    [[nodiscard]] bool moved(const Key& other) const;  // the same surface in the same size
  };

  std::optional<Key> key_;
  ValueScale scale_;
};

}  // namespace descent::web::render
