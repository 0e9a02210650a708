// SPDX-License-Identifier: MIT
// descent.race: commands for the visible race. Each is answered when its effect stands in the snapshot.
#include "engine/io/json_reader.h"
#include "engine/train/config_json.h"
#include "web/bridge/call.h"

namespace descent::web::bridge {
namespace {

using train::Race;

using Work = Outcome (*)(Race&, const Call&);

Outcome configure(Race& race, const Call& call) {
  const auto config = train::race_config_from(*call.arguments, "race.configure", race.config());
  if (!config.ok()) return config.error();
  return outcome_of(race.configure(*config));
}

Outcome count_of(const Call& call, std::int64_t& n) {
  io::JsonReader reader(*call.arguments, call.message->method());
  reader.read("n", n, 1, train::kMaxRaceSteps);
  return outcome_of(reader.status());
}

Outcome step(Race& race, const Call& call) {
  std::int64_t n = 1;
  Outcome checked = count_of(call, n);
  if (checked.ok()) race.step(n);
  return checked;
}

Outcome back(Race& race, const Call& call) {
  std::int64_t n = 1;
  Outcome checked = count_of(call, n);
  if (checked.ok()) race.back(n);
  return checked;
}

template <auto command>
Outcome plain(Race& race, const Call&) {
  (race.*command)();
  return Answer{};
}

template <Work work>
void on_race(Context& context, const Call& call) {
  run_on<Race>(context.host.race(), call.id, [call](Race& race) { return work(race, call); });
}

constexpr Method kMethods[] = {
    {"race.configure", on_race<configure>},
    {"race.play", on_race<plain<&Race::play>>},
    {"race.pause", on_race<plain<&Race::pause>>},
    {"race.step", on_race<step>},
    {"race.back", on_race<back>},
    {"race.reset", on_race<plain<&Race::reset>>},
};

}  // namespace

std::span<const Method> race_methods() {
  return kMethods;
}

}  // namespace descent::web::bridge
