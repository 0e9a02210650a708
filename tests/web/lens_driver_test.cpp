// SPDX-License-Identifier: MIT
// The lenses' driver: what a lens shows is computed while it is open, and nothing else.
#include "web/workers/lens_driver.h"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

namespace descent::testing {
namespace {

using web::PinKind;

const training::Inspection& followed(web::LensDriver& driver, const web::UiState& ui, web::Host& host) {
  driver.follow(ui, host);
  while (!host.settled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  host.read_snapshots();
  return host.snapshot<training::Trainer>().inspection;
}

TEST_CASE("lens driver: deltas and pins only while the lens Gradients is seen") {
  web::Host host;
  web::LensDriver driver;
  web::UiState ui;
  ui.lens.digit.image.assign(784, 128);
  ui.lens.pin = {.kind = PinKind::unit, .parameter = {}, .layer = 0, .position = {1, 2, 3}};
  CHECK(followed(driver, ui, host).layers.empty());  // the other workspace was never left
  ui.workspace = web::kNetworkWorkspace;
  const training::Inspection* seen = &followed(driver, ui, host);
  REQUIRE_FALSE(seen->layers.empty());
  CHECK(seen->layers.front().delta.empty());
  CHECK_FALSE(seen->unit.has_value());
  ui.lens.name = web::kGradientsLens;
  seen = &followed(driver, ui, host);
  CHECK_FALSE(seen->layers.front().delta.empty());
  REQUIRE(seen->unit.has_value());
  CHECK(seen->unit_place.position == std::array{1, 2, 3});
  CHECK_FALSE(seen->jacobian.has_value());
  ui.workspace = web::kSurfacesWorkspace;
  seen = &followed(driver, ui, host);
  CHECK_FALSE(seen->layers.empty());
  CHECK(seen->layers.front().delta.empty());
  CHECK_FALSE(seen->unit.has_value());
}

TEST_CASE("lens driver: the lens Weights asks for what its view shows") {
  web::Host host;
  web::LensDriver driver;
  web::UiState ui;
  ui.workspace = web::kNetworkWorkspace;
  ui.lens.digit.image.assign(784, 128);
  ui.lens.name = web::kWeightsLens;
  const auto matrices = [&] { return host.snapshot<training::Trainer>().matrices; };
  CHECK_FALSE(followed(driver, ui, host).product.has_value());
  CHECK(matrices().parameter == "7.weight");
  const std::size_t spectra = matrices().history.size();
  CHECK(spectra > 0);
  ui.lens.view = web::WeightsView::product;
  ui.lens.pin = {.kind = PinKind::weight, .parameter = "7.weight", .index = 5 * 1600 + 3};
  const training::Inspection* seen = &followed(driver, ui, host);
  REQUIRE(seen->product.has_value());
  CHECK(seen->product->output == seen->layers[7].values);
  REQUIRE(seen->unit.has_value());
  CHECK(seen->unit_place.position[2] == 5);
  CHECK(matrices().bias.size() == 128);
  ui.lens.view = web::WeightsView::convolution;
  seen = &followed(driver, ui, host);
  CHECK_FALSE(seen->product.has_value());
  CHECK(matrices().parameter == "0.weight");
  CHECK(matrices().bias.size() == 32);
}

}  // namespace
}  // namespace descent::testing
