// SPDX-License-Identifier: MIT
// Ticks and names as they are shown.
#include "web/widgets/format.h"

#include <doctest/doctest.h>

using descent::web::widgets::display_name;
using descent::web::widgets::tick_label;

TEST_CASE("ticks") {
  CHECK(tick_label(0.30000000000000004, 0.1) == "0.3");
  CHECK(tick_label(-1e-17, 0.5) == "0.0");
  CHECK(tick_label(-0.0049, 0.01) == "0.00");
  CHECK(tick_label(-0.0051, 0.01) == "−0.01");
  CHECK(tick_label(-0.25, 0.05) == "−0.25");
  CHECK(tick_label(2000, 500) == "2000");
}

TEST_CASE("names for people") {
  CHECK(display_name("learning_rate") == "learning rate");
}
