// SPDX-License-Identifier: MIT
#include "engine/survey/progressive_order.h"

#include <doctest/doctest.h>

#include <limits>
#include <utility>
#include <vector>

#include "tests/support/status.h"

namespace descent::testing {
namespace {

using survey::ProgressiveOrder;

// written_out() does as the header says, by looking at every cell once for each stride.
std::vector<ProgressiveOrder::Cell> written_out(std::uint32_t width, std::uint32_t height) {
  std::vector<ProgressiveOrder::Cell> cells;
  for (std::uint32_t stride = ProgressiveOrder::kFirstStride; stride >= 1; stride /= 2)
    for (std::uint32_t row = 0; row < height; row += stride)
      for (std::uint32_t column = 0; column < width; column += stride)
        if (stride == ProgressiveOrder::kFirstStride || row % (2 * stride) != 0 || column % (2 * stride) != 0)
          cells.push_back({column, row, stride});
  return cells;
}

TEST_CASE("every cell has its turn once, coarse ones first, on grids of any size") {
  for (const auto& [width, height] :
       {std::pair{1U, 1U}, {1U, 40U}, {33U, 1U}, {2U, 2U}, {16U, 16U}, {17U, 31U}, {64U, 48U}, {97U, 101U}}) {
    CAPTURE(width);
    CAPTURE(height);
    ProgressiveOrder order;
    order.reset(width, height);
    const auto expected = written_out(width, height);
    REQUIRE(order.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const ProgressiveOrder::Cell cell = order[i];
      CHECK(cell.column == expected[i].column);
      CHECK(cell.row == expected[i].row);
      CHECK(cell.stride == expected[i].stride);
    }
    CHECK(order.finished_stride(0) == 0);
    for (std::size_t done = 1; done <= expected.size(); ++done)
      if (done == expected.size() || expected[done].stride < expected[done - 1].stride)
        CHECK(order.finished_stride(done) <= expected[done - 1].stride);
      else
        CHECK(order.finished_stride(done) != expected[done].stride);
    CHECK(order.finished_stride(order.size()) == 1);
  }
}

TEST_CASE("a map that no memory is there for is refused with a sentence") {
  CHECK(survey::check_room(100, 100, 8).ok());
  CHECK(survey::check_room(2048, 1024, std::numeric_limits<std::size_t>::max() / 2048 / 1024).message() ==
        "the page has no memory for a map of 2048 x 1024");
}

}  // namespace
}  // namespace descent::testing
