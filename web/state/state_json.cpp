// SPDX-License-Identifier: MIT
#include "web/state/state_json.h"

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/data/catalog.h"
#include "engine/io/json_reader.h"
#include "engine/script/config_json.h"
#include "web/state/lens_json.h"
#include "web/state/race_defaults.h"
#include "web/state/sampling_json.h"

namespace descent::web {
namespace {

using io::JsonReader;
using io::JsonValue;

constexpr std::array<std::string_view, 2> kThemes = {"dark", "light"};
constexpr std::array<std::string_view, 2> kMeasures = {"loss", "steps"};
constexpr std::size_t kMaxName = 60;
constexpr std::string_view kNoScene = "none";
constexpr std::string_view kWhat = "the state";

// These limits lie far beyond what the page's own zoom and orbit allow, and are still harmless in a projection.
constexpr double kMaxCoordinate = 1e9;
constexpr double kMaxAngle = 1000;
constexpr double kMinDistance = 0.01;
constexpr double kMaxDistance = 100;
constexpr double kMaxLook = 2;

JsonValue view_json(const SharedState& state) {
  const SurfaceCamera& camera = state.camera;
  return JsonValue::object(
      {{"three_d", camera.three_d},
       {"contours", state.show.contours},
       {"arrows", state.show.arrows},
       {"ellipse", state.show.curvature},
       {"selected", state.selected_runner},
       {"x", JsonValue::array({camera.view.x0, camera.view.x1})},
       {"y", JsonValue::array({camera.view.y0, camera.view.y1})},
       {"yaw", camera.yaw},
       {"pitch", camera.pitch},
       {"distance", camera.distance},
       {"look", JsonValue::array({camera.look_x, camera.look_y})},
       {"basins", state.show.basins},
       {"tab", state.strip.tab},
       {"tall", state.strip.tall},
       {"pin", camera.pin ? JsonValue::array({(*camera.pin)[0], (*camera.pin)[1]}) : JsonValue::array()}});
}

JsonValue survey_json(const SurveySettings& survey) {
  return JsonValue::object({{"steps", survey.steps},
                            {"measure", kMeasures[survey.count_steps ? 1 : 0]},
                            {"across", survey.across},
                            {"upwards", survey.upwards}});
}

JsonValue network_json(const SharedState& state) {
  JsonValue value = script::to_json(state.trainer);
  if (!state.dataset.empty()) value.set("dataset", state.dataset);
  return value;
}

JsonValue draft_json(const nn::NetworkSpec& draft) {
  return JsonValue::object({{"network", script::layers_to_json(draft)}});
}

void read_survey(JsonReader reader, SurveySettings& survey) {
  reader.read("steps", survey.steps, std::int64_t{0}, kMaxSurveySteps);
  int measure = survey.count_steps ? 1 : 0;
  if (reader.read_choice("measure", measure, kMeasures)) survey.count_steps = measure == 1;
  reader.read("across", survey.across, kMaxName);
  reader.read("upwards", survey.upwards, kMaxName);
  reader.refuse_others();
}

void read_interval(JsonReader& reader, std::string_view name, double& low, double& high) {
  std::array<double, 2> ends = {low, high};
  if (!reader.read_numbers(name, ends)) return;
  if (!(ends[0] < ends[1]) || ends[0] < -kMaxCoordinate || ends[1] > kMaxCoordinate)
    return reader.fail(name, "must be two ascending numbers between -1e9 and 1e9");
  low = ends[0];
  high = ends[1];
}

// One of the names of a catalog.
void read_name(JsonReader& reader, std::string_view name, const std::vector<std::string>& catalog, std::string& out) {
  const std::vector<std::string_view> names(catalog.begin(), catalog.end());
  int index = 0;
  if (reader.read_choice(name, index, names)) out = names[static_cast<std::size_t>(index)];
}

void read_strip(JsonReader& reader, SurfaceStrip& strip) {
  read_name(reader, "tab", strip.tabs, strip.tab);
  reader.read("tall", strip.tall);
}

void read_pin(JsonReader& reader, std::optional<surfaces::Point>& pin) {
  std::vector<double> numbers;
  if (!reader.read_numbers("pin", numbers, 2)) return;
  if (numbers.empty()) return pin.reset();
  const auto far = [](double x) { return std::abs(x) > kMaxCoordinate; };
  if (numbers.size() != 2 || far(numbers[0]) || far(numbers[1]))
    return reader.fail("pin", "must be two numbers between -1e9 and 1e9, or [] for none");
  pin = {numbers[0], numbers[1]};
}

void read_view(JsonReader reader, SharedState& state) {
  SurfaceCamera& camera = state.camera;
  reader.read("three_d", camera.three_d);
  reader.read("contours", state.show.contours);
  reader.read("arrows", state.show.arrows);
  reader.read("ellipse", state.show.curvature);
  reader.read("basins", state.show.basins);
  std::int64_t selected = state.selected_runner;
  reader.read("selected", selected, 0, race::kMaxRunners - 1);
  state.selected_runner = static_cast<int>(selected);
  read_interval(reader, "x", camera.view.x0, camera.view.x1);
  read_interval(reader, "y", camera.view.y0, camera.view.y1);
  reader.read("yaw", camera.yaw, -kMaxAngle, kMaxAngle);
  reader.read("pitch", camera.pitch, -kMaxAngle, kMaxAngle);
  reader.read("distance", camera.distance, kMinDistance, kMaxDistance);
  read_strip(reader, state.strip);
  read_pin(reader, camera.pin);
  std::array<double, 2> look = {camera.look_x, camera.look_y};
  if (reader.read_numbers("look", look)) {
    if (std::abs(look[0]) > kMaxLook || std::abs(look[1]) > kMaxLook)
      reader.fail("look", "must be two numbers between -2 and 2");
    else
      camera.look_x = look[0], camera.look_y = look[1];
  }
  reader.refuse_others();
}

JsonValue hidden_json(const HiddenParts& hidden) {
  JsonValue list = JsonValue::array();
  for (const PartInfo& info : hideable_parts())
    if (hidden.has(info.part)) list.push_back(info.name);
  return list;
}

// The list of names replaces what was hidden.
void read_hidden(JsonReader& reader, HiddenParts& hidden) {
  std::vector<std::string_view> names;
  for (const PartInfo& info : hideable_parts()) names.push_back(info.name);
  std::vector<int> chosen;
  if (!reader.read_choices("hide", chosen, names)) return;
  hidden = {};
  for (const int i : chosen) hidden.hide(hideable_parts()[static_cast<std::size_t>(i)].part);
}

// `scene` becomes a name of the catalog, or empty for none.
void read_scene(JsonReader& reader, std::string& scene) {
  std::vector<std::string_view> names{kNoScene};
  for (const Scene& entry : scenes()) names.push_back(entry.name);
  int index = 0;
  if (reader.read_choice("scene", index, names)) scene = index == 0 ? "" : names[static_cast<std::size_t>(index)];
}

core::Status read_race(const JsonValue& value, SharedState& state) {
  const JsonValue* part = value.find("race");
  if (part == nullptr) return {};
  auto race = script::race_config_from(*part, "race", state.race);
  if (!race.ok()) return core::Error{core::fill("race: {}", race.message()), race.error().column};
  if (!same_domain(*race, state.race)) state.camera = default_camera(*race);
  state.race = std::move(race).value();
  return {};
}

// A network comes with its draft, or without one there is none.
core::Status read_draft(const JsonValue& value, SharedState& state) {
  const JsonValue* part = value.find("draft");
  if (part == nullptr) {
    if (value.find("network") != nullptr) state.draft.reset();
    return {};
  }
  auto request = script::trainer_request_from(*part, "draft", {});
  if (!request.ok()) return core::Error{core::fill("draft: {}", request.message())};
  state.draft = std::move(request->config.network);
  return {};
}

core::Status read_network(const JsonValue& value, SharedState& state) {
  const JsonValue* part = value.find("network");
  if (part == nullptr) return {};
  auto request = script::trainer_request_from(*part, "network", state.trainer);
  if (!request.ok()) return core::Error{core::fill("network: {}", request.message())};
  const std::string& dataset = request->dataset;
  if (!dataset.empty() && data::find_dataset(dataset) == nullptr)
    return core::Error{core::fill("network: {}", data::unknown_dataset(dataset).message)};
  state.dataset = dataset;
  state.trainer = std::move(request->config);
  return {};
}

}  // namespace

std::string state_json(const SharedState& state) {
  return io::write_json(state_value(state));
}

JsonValue state_value(const SharedState& state) {
  JsonValue value = JsonValue::object({{"version", kStateVersion},
                                       {"workspace", state.workspace},
                                       {"theme", kThemes[static_cast<std::size_t>(state.theme)]},
                                       {"scene", state.scene.empty() ? kNoScene : std::string_view(state.scene)},
                                       {"hide", hidden_json(state.hidden)},
                                       {"race", script::to_json(state.race)},
                                       {"view", view_json(state)},
                                       {"survey", survey_json(state.survey)},
                                       {"sampling", sampling_json(state.sampling)},
                                       {"network", network_json(state)}});
  if (state.draft) value.set("draft", draft_json(*state.draft));
  write_lens(value, state.lens);
  return value;
}

core::Result<SharedState> read_state(const JsonValue& value, const SharedState& present) {
  SharedState state = present;
  JsonReader reader(value, kWhat);
  std::int64_t version = 0;
  reader.require({"version"});
  if (reader.read("version", version, -io::kMaxSafeInteger, io::kMaxSafeInteger) && version != kStateVersion)
    reader.fail("version", core::fill("is {}; this page reads version {}", version, kStateVersion));
  int theme = static_cast<int>(state.theme);
  read_name(reader, "workspace", state.workspaces, state.workspace);
  if (reader.read_choice("theme", theme, kThemes)) state.theme = static_cast<Theme>(theme);
  read_scene(reader, state.scene);
  read_hidden(reader, state.hidden);
  if (core::Status race = read_race(value, state); !race.ok()) return race.error();
  read_view(reader.object("view"), state);
  read_survey(reader.object("survey"), state.survey);
  read_sampling(reader.object("sampling"), state.sampling);
  read_lens(reader, state.lens);
  if (core::Status network = read_network(value, state); !network.ok()) return network.error();
  if (core::Status draft = read_draft(value, state); !draft.ok()) return draft.error();
  for (const std::string_view part : {"race", "network", "draft"})
    if (reader.has(part)) static_cast<void>(reader.object(part));
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return state;
}

core::Result<SharedState> scene_state(const Scene& scene, const SharedState& present) {
  auto value = io::parse_json(scene.state, scene.name);
  if (!value.ok()) return value.error();
  SharedState base;
  base.theme = present.theme;
  base.hidden = present.hidden;
  base.workspaces = present.workspaces;
  base.strip.tabs = present.strip.tabs;
  base.lens = present.lens;
  base.trainer = present.trainer;
  base.draft = present.draft;
  base.dataset = present.dataset;
  auto state = read_state(*value, base);
  if (state.ok()) state->scene = scene.name;
  return state;
}

}  // namespace descent::web
