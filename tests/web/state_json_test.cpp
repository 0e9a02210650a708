// SPDX-License-Identifier: MIT
// The shared state as JSON: names of workspaces and tabs are those of the page's catalogs.
#include "web/state/state_json.h"

#include <doctest/doctest.h>

#include <string>

#include "web/state/race_defaults.h"

namespace descent::web {
namespace {

SharedState shown_state() {
  SharedState state;
  state.race = default_race();
  state.workspaces = {"surfaces", "network"};
  state.strip.tabs = {"loss", "map"};
  return state;
}

core::Result<SharedState> read(const std::string& text) {
  const auto value = io::parse_json(text, "the test");
  REQUIRE(value.ok());
  return read_state(*value, shown_state());
}

}  // namespace

TEST_CASE("a workspace is one of the catalog, by its name") {
  const auto network = read(R"({"version": 1, "workspace": "network"})");
  REQUIRE(network.ok());
  CHECK(network->workspace == "network");
  CHECK(state_value(*network).find("workspace")->as_string() == "network");
  CHECK(read(R"({"version": 1})")->workspace == kSurfacesWorkspace);
  const auto strange = read(R"({"version": 1, "workspace": "kitchen"})");
  REQUIRE_FALSE(strange.ok());
  for (const char* word : {"kitchen", "surfaces", "network"}) CHECK(strange.message().find(word) != std::string::npos);
}

TEST_CASE("a scene opens the workspace of the surfaces, whichever is shown") {
  SharedState state = shown_state();
  state.strip.tabs = {"loss", "map", "rates", "chain_rule", "sampling", "standings"};
  state.workspace = "network";
  const auto scene = scene_state(scenes()[0], state);
  REQUIRE_MESSAGE(scene.ok(), scene.message());
  CHECK(scene->workspace == kSurfacesWorkspace);
  CHECK(scene->workspaces == state.workspaces);
}

}  // namespace descent::web
