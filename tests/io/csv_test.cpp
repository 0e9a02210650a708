// SPDX-License-Identifier: MIT
// CSV: lines, quoting and numbers as RFC 4180 and the reader of a spreadsheet expect them.
#include "engine/io/csv.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/core/rng.h"

namespace {

using descent::io::CsvWriter;

TEST_CASE("csv: header and rows end with CRLF") {
  CsvWriter csv({"step", "x", "optimizer"});
  csv.add(0).add(-1.2).add("adam").add(1).add(1e-08).add("l, \"b\"");
  CHECK(csv.text() == "step,x,optimizer\r\n0,-1.2,adam\r\n1,1e-08,\"l, \"\"b\"\"\"\r\n");
}

TEST_CASE("csv: fields with line breaks are quoted, headers too") {
  const std::vector<std::string> header = {"a,b"};
  CsvWriter csv(header);
  csv.add("x\ny").add("").add(std::nan(""));
  CHECK(csv.text() == "\"a,b\"\r\n\"x\ny\"\r\n\r\nNaN\r\n");
}

TEST_CASE("csv: numbers read back as the same doubles") {
  descent::core::Rng rng(3);
  for (int i = 0; i < 1000; ++i) {
    const double number = rng.normal() * std::pow(10.0, rng.uniform(-30, 30));
    CsvWriter csv({"x"});
    csv.add(number);
    CHECK(std::strtod(csv.text().c_str() + 3, nullptr) == number);
  }
}

}  // namespace
