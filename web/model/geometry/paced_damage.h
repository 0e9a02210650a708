// SPDX-License-Identifier: MIT
// PacedDamage: the damage of a frame, in which areas that are read rather than watched are refreshed at a reader's
// pace. While a race plays every number beside the picture changes with every frame; nobody reads sixty of them a
// second, and drawing them would take from the picture what it needs to move smoothly where the processor has to draw.
// No GL here.
#pragma once

#include <span>
#include <vector>

#include "web/model/geometry/damage.h"

namespace descent::web {

class PacedDamage {
 public:
  // A new frame, in which boxes inside one of `areas` wait until `pace` seconds have passed since such boxes were last
  // drawn; 0: none waits. now: seconds.
  void begin(int width, int height, std::vector<PixelBox> areas, double now, double pace);
  // Something of the interface is not as it was.
  void add(const PixelBox& box);
  // What was put off and is touched by what is drawn is drawn as well, so that no number is half old and half new.
  // After the last box of a frame.
  void settle();

  // What is to be drawn in this frame; pictures add to it.
  [[nodiscard]] Damage& damage() { return damage_; }
  // Something is put off: there has to be another frame.
  [[nodiscard]] bool waiting() const { return !late_.empty(); }

 private:
  [[nodiscard]] bool may_wait(const PixelBox& box) const;

  Damage damage_{0, 0};
  std::vector<PixelBox> areas_;
  std::vector<PixelBox> late_;  // put off
  double drawn_at_ = 0;         // when boxes in areas were last drawn, seconds
  bool due_ = true;
};

}  // namespace descent::web
