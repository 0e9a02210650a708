// SPDX-License-Identifier: MIT
// Sheets: every unit has a cell of its own and is found there again, at any size; nothing overlaps.
#include "web/model/network/sheets.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <utility>

namespace descent::testing {
namespace {

const nn::Shape kShapes[] = {{28, 28, 1},        {26, 26, 32}, {5, 5, 64}, {5, 7, 3},
                             {1, 1, 1600, true}, {1, 1, 10},   {1, 1, 1}};

TEST_CASE("sheets: a unit is found where its cell is, and each has its own") {
  for (const nn::Shape& shape : kShapes)
    for (const auto& [width, height] : {std::pair{60.0f, 400.0f}, {300.0f, 80.0f}, {10.0f, 10.0f}}) {
      const web::SheetGrid grid = web::fit_sheet(shape, width, height);
      std::set<std::pair<int, int>> cells;
      for (std::int64_t unit = 0; unit < shape.size(); ++unit) {
        const auto cell = grid.cell_of(unit);
        CHECK(cell.x < grid.width());
        CHECK(cell.y < grid.height());
        cells.insert({cell.x, cell.y});
        const auto found = grid.unit_at(cell.x, cell.y);
        REQUIRE(found.has_value());
        CHECK(*found == unit);
      }
      CHECK(static_cast<std::int64_t>(cells.size()) == shape.size());
      CHECK_FALSE(grid.unit_at(-1, 0).has_value());
      CHECK_FALSE(grid.unit_at(0, grid.height()).has_value());
    }
}

TEST_CASE("sheets: neighbours in a feature map are neighbours in the picture, and gaps are empty") {
  const nn::Shape shape{3, 4, 5};
  const web::SheetGrid grid = web::fit_sheet(shape, 100, 100);
  std::vector<float> values(60);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i);
  const std::vector<float> pixels = web::sheet_pixels(grid, values);
  const auto at = [&](int x, int y) { return pixels[static_cast<std::size_t>(y * grid.width() + x)]; };
  CHECK(at(0, 0) == 0);
  CHECK(at(1, 0) == 5);   // the next x, five channels on
  CHECK(at(0, 1) == 20);  // the next y
  CHECK(at(5, 0) == 1);   // the second map, beyond a gap
  CHECK(std::isnan(at(4, 0)));
  CHECK_FALSE(grid.unit_at(4, 0).has_value());
}

TEST_CASE("sheets: side by side in order, inside the picture, large and small") {
  std::vector<web::SheetSubject> subjects;
  for (const nn::Shape& shape : kShapes) subjects.push_back({static_cast<int>(subjects.size()) - 1, shape});
  for (const auto& [width, height] : {std::pair{700.0f, 400.0f}, {358.0f, 420.0f}, {2000.0f, 900.0f}}) {
    const auto sheets = web::lay_out_sheets(subjects, width, height, 8, 30);
    REQUIRE(sheets.size() == subjects.size());
    float right = -8;
    for (const web::Sheet& sheet : sheets) {
      CHECK(sheet.box.x >= right + 7.9f);
      right = sheet.box.x + sheet.box.width;
      CHECK(sheet.box.y >= 29.9f);
      CHECK(sheet.box.y + sheet.box.height <= height + 0.1f);
      const web::Rect cell = sheet.cell_box(0);
      CHECK(sheet.unit_at(cell.x + cell.width / 2, cell.y + cell.height / 2) == 0);
    }
    CHECK(right <= width + 0.1f);
  }
}

TEST_CASE("sheets: the largest cells are taken") {
  // 32 maps of 26×26 in a tall box: two columns of 16 give cells of 60/53; one column of 32 only 400/863.
  const web::SheetGrid grid = web::fit_sheet({26, 26, 32}, 60, 480);
  CHECK(grid.columns == 2);
}

}  // namespace
}  // namespace descent::testing
