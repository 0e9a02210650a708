// SPDX-License-Identifier: MIT
#include "web/model/geometry/paced_damage.h"

#include <algorithm>
#include <utility>

namespace descent::web {

void PacedDamage::begin(int width, int height, std::vector<PixelBox> areas, double now, double pace) {
  damage_ = Damage(width, height);
  areas_ = std::move(areas);
  due_ = now - drawn_at_ >= pace;
  if (!due_) return;
  drawn_at_ = now;
  for (const PixelBox& box : std::exchange(late_, {})) damage_.add(box);
}

bool PacedDamage::may_wait(const PixelBox& box) const {
  return std::any_of(areas_.begin(), areas_.end(),
                     [&](const PixelBox& area) { return intersection(area, box) == box; });
}

void PacedDamage::add(const PixelBox& box) {
  if (due_ || !may_wait(box)) return damage_.add(box);
  if (std::find(late_.begin(), late_.end(), box) == late_.end()) late_.push_back(box);
}

void PacedDamage::settle() {
  const auto drawn = [this](const PixelBox& box) {
    return std::any_of(damage_.boxes().begin(), damage_.boxes().end(),
                       [&](const PixelBox& other) { return meet(other, box); });
  };
  for (auto box = late_.begin(); box != late_.end();) {
    if (!drawn(*box)) {
      ++box;
      continue;
    }
    damage_.add(*box);
    late_.erase(box);
    box = late_.begin();  // the grown damage may touch others
  }
}

}  // namespace descent::web
