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
  state.lens.names = {"training", "gradients"};
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

TEST_CASE("a network's draft travels, and goes with a network that has none") {
  SharedState state = shown_state();
  CHECK(state_value(state).find("draft") == nullptr);
  state.draft = nn::NetworkSpec{.input = {28, 28, 1}, .layers = {{"flatten", {}}, {"dropout", {{"rate", 0.25}}}}};
  const io::JsonValue value = state_value(state);
  const auto same = read_state(value, shown_state());
  REQUIRE_MESSAGE(same.ok(), same.message());
  CHECK(same->draft == state.draft);
  const auto part = io::parse_json(R"({"version": 1, "theme": "light"})", "the test");
  CHECK(read_state(*part, state)->draft == state.draft);
  const auto whole = io::parse_json(R"({"version": 1, "network": {"epochs": 3}})", "the test");
  CHECK_FALSE(read_state(*whole, state)->draft.has_value());
  const auto wrong = read(R"({"version": 1, "draft": {"network": [{"type": "attention"}]}})");
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.message().starts_with("draft: "));
  CHECK(scene_state(scenes()[0], state)->draft == state.draft);
}

}  // namespace descent::web
