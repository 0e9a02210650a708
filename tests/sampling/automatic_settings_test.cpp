// SPDX-License-Identifier: MIT
// The fitted temperature against the entropy of a normal distribution, and on every surface of the catalog: the density
// fills about the share it should, chains move from the start on, and the histogram comes to the density.
#include "engine/sampling/automatic_settings.h"

#include <cmath>
#include <numbers>

#include "engine/sampling/boltzmann.h"
#include "engine/sampling/sampler.h"
#include "tests/support/close.h"
#include "tests/support/status.h"

namespace descent::testing {
namespace {

using sampling::SamplingFit;
using sampling::SamplingMethod;

double filled_share(const surfaces::Surface& surface, double temperature) {
  const auto logs = sampling::log_boltzmann(surface, {surface.info().domain, 64}, temperature);
  double entropy = 0;
  for (const double log : logs)
    if (log > -700) entropy -= std::exp(log) * log;
  return std::exp(entropy) / static_cast<double>(logs.size());
}

TEST_CASE("on a bowl the temperature is that of a normal distribution which fills the share") {
  surfaces::SurfaceChoice choice{.surface = std::string(surfaces::kExpressionName),
                                 .expression = surfaces::TypedFormula("(x^2 + y^2)/2")};
  choice.domain = {-40, 40, -40, 40};
  const auto surface = surfaces::make_surface(choice);
  REQUIRE(surface.ok());
  const SamplingFit fit = sampling::fit_sampling(**surface, {1, 1}, SamplingMethod::mala);
  // exp(entropy) is 2πe T in two dimensions; two digits are kept.
  const double exact = sampling::kFilledShare * 80 * 80 / (2 * std::numbers::pi * std::numbers::e);
  CHECK(close(fit.temperature, exact, 0.02, 0));
  CHECK((fit.temperature == 37 || fit.temperature == 38));
  CHECK(fit.learning_rate > 0.5);
  CHECK(fit.learning_rate < 2);
  const SamplingFit careful = sampling::fit_sampling(**surface, {1, 1}, SamplingMethod::ula);
  CHECK(careful.temperature == fit.temperature);
  CHECK(careful.learning_rate < 0.7 * fit.learning_rate);
}

TEST_CASE("every surface of the catalog gets a temperature and a step with which its chains move") {
  for (const surfaces::CatalogEntry& entry : surfaces::catalog()) {
    CAPTURE(entry.info->name);
    const auto surface = surfaces::make_surface(entry.info->name, {});
    REQUIRE(surface.ok());
    const SamplingFit fit = sampling::fit_sampling(**surface, entry.info->start, SamplingMethod::mala);
    CAPTURE(fit.temperature);
    CAPTURE(fit.learning_rate);
    CHECK(filled_share(**surface, fit.temperature) > 0.03);
    CHECK(filled_share(**surface, fit.temperature) < 0.25);
    sampling::SamplerConfig config;
    config.surface.surface = entry.info->name;
    config.start = entry.info->start;
    config.method = SamplingMethod::mala;
    config.temperature = fit.temperature;
    config.learning_rate = fit.learning_rate;
    config.bins = 16;
    const auto result = sampling::sample(config, 300);
    REQUIRE(result.ok());
    // On a saddle f has no lower bound: there is no density to find, and the chains run away.
    if (!(*surface)->minima().empty()) CHECK(result->acceptance > 0.25);
    CHECK(result->lost == 0);
  }
}

TEST_CASE("sampling as fitted comes near the density; a hundred times too small a step does not") {
  const auto surface = surfaces::make_surface("rosenbrock", {});
  REQUIRE(surface.ok());
  sampling::SamplerConfig config;
  config.surface.surface = "rosenbrock";
  config.start = (*surface)->info().start;
  config.method = SamplingMethod::mala;
  const SamplingFit fit = sampling::fit_sampling(**surface, config.start, config.method);
  config.temperature = fit.temperature;
  config.learning_rate = fit.learning_rate;
  config.bins = 24;
  config.burn_in = 200;
  const auto good = sampling::sample(config, 6000);
  config.learning_rate /= 100;
  const auto slow = sampling::sample(config, 6000);
  REQUIRE(good.ok());
  REQUIRE(slow.ok());
  CHECK(good->kl < 0.03);
  CHECK(slow->kl > 5 * good->kl);
}

TEST_CASE("a flat surface and one that is all holes get something usable") {
  surfaces::SurfaceChoice choice{.surface = std::string(surfaces::kExpressionName),
                                 .expression = surfaces::TypedFormula("3 + 0*x*y")};
  const auto flat = surfaces::make_surface(choice);
  REQUIRE(flat.ok());
  CHECK(sampling::fit_sampling(**flat, {0, 0}, SamplingMethod::mala).temperature == 1);
  choice.expression = surfaces::TypedFormula("log(-1 - x^2 - y^2)");
  const auto holes = surfaces::make_surface(choice);
  REQUIRE(holes.ok());
  CHECK(sampling::fit_sampling(**holes, {0, 0}, SamplingMethod::mala).learning_rate > 0);
}

}  // namespace
}  // namespace descent::testing
