// SPDX-License-Identifier: MIT
// PacedDamage: what is watched is drawn at once, what is read waits for its turn and is never lost, and no number is
// drawn in part.
#include "web/model/geometry/paced_damage.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace descent::web::render {
namespace {

constexpr double kPace = 0.05;
const PixelBox kTable{0, 0, 400, 200};  // is read
const PixelBox kNumber{20, 20, 60, 34};
const PixelBox kHead{800, 400, 820, 420};

struct Frames {
  PacedDamage paced;
  double now = 10;

  void begin(double pace = kPace) { paced.begin(1280, 720, {kTable}, now, pace); }
  // The frame after one in which everything was drawn: what is read has to wait.
  void begin_soon_after() {
    begin(0);
    now += kPace / 3;
    begin();
  }
  [[nodiscard]] bool drawn(const PixelBox& box) {
    paced.settle();
    return std::any_of(paced.damage().boxes().begin(), paced.damage().boxes().end(),
                       [&](const PixelBox& one) { return intersection(one, box) == box; });
  }
};

}  // namespace

TEST_CASE("a number waits until its pace has passed, a head does not") {
  Frames frames;
  frames.begin();
  frames.paced.add(kNumber);
  CHECK(frames.drawn(kNumber));  // the first frame
  frames.now += kPace / 3;
  frames.begin();
  frames.paced.add(kNumber);
  frames.paced.add(kHead);
  CHECK(frames.drawn(kHead));
  CHECK_FALSE(frames.drawn(kNumber));
  CHECK(frames.paced.waiting());
  // Its turn, although it did not change any more.
  frames.now += kPace;
  frames.begin();
  CHECK(frames.drawn(kNumber));
  CHECK_FALSE(frames.paced.waiting());
}

TEST_CASE("without a pace nothing waits, and what waited is drawn") {
  Frames frames;
  frames.begin_soon_after();
  frames.paced.add(kNumber);
  CHECK_FALSE(frames.drawn(kNumber));
  frames.begin(0);
  frames.paced.add({100, 100, 120, 110});
  CHECK(frames.drawn(kNumber));
  CHECK(frames.drawn({100, 100, 120, 110}));
  CHECK_FALSE(frames.paced.waiting());
}

TEST_CASE("a box that reaches out of its area does not wait") {
  Frames frames;
  frames.begin_soon_after();
  const PixelBox popup{380, 20, 420, 60};
  frames.paced.add(popup);
  CHECK(frames.drawn(popup));
}

TEST_CASE("what is put off and drawn over in part is drawn as a whole, and so on to what that touches") {
  Frames frames;
  frames.begin_soon_after();
  const PixelBox second{55, 25, 90, 34}, apart{300, 150, 330, 160};
  frames.paced.add(second);
  frames.paced.add(kNumber);
  frames.paced.add(apart);
  CHECK_FALSE(frames.drawn(kNumber));
  frames.paced.damage().add({0, 0, 25, 25});  // a picture that reaches under the first number
  CHECK(frames.drawn(kNumber));
  CHECK(frames.drawn(second));
  CHECK_FALSE(frames.drawn(apart));
  CHECK(frames.paced.waiting());
}

}  // namespace descent::web::render
