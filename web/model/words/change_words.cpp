// SPDX-License-Identifier: MIT
// The difference of two settings is looked for in their JSON, where every number has a name: one more setting needs no
// line here.
#include "web/model/words/change_words.h"

#include <algorithm>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/race/runner_names.h"
#include "engine/script/config_json.h"
#include "web/state/scenes.h"
#include "web/state/state_json.h"

namespace descent::web {
namespace {

using core::fill;
using io::JsonValue;

std::string words_of(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

PageChange changed(std::string name, bool tell = false) {
  return {std::move(name), {}, tell};
}

std::string text_of(const JsonValue& value, std::string_view name) {
  if (value.is_number() && value.as_number() == 0 && name == "steps") return "automatic";
  if (value.is_number()) return core::display_number(value.as_number());
  if (!value.is_string()) return {};
  return name == "optimizer" ? race::optimizer_title(value.as_string()) : words_of(value.as_string());
}

// leaf_change() names the first value that differs, `name` being what the two are called.
PageChange leaf_change(const JsonValue& a, const JsonValue& b, std::string_view name) {
  if (a.is_object() && b.is_object())
    for (const JsonValue::Member& member : b.members())
      if (const JsonValue* former = a.find(member.name); former != nullptr && !(*former == member.value))
        return leaf_change(*former, member.value, member.name);
  const std::string words = words_of(name);
  if (b.is_bool()) return {fill("{} {}", words, b.as_bool() ? "on" : "off"), words};
  const std::string from = text_of(a, name), to = text_of(b, name);
  if (from.empty() || to.empty() || from == to) return {words + " changed", words};
  return {fill("{} {} → {}", words, from, to), words};
}

bool has_slot(const race::RaceConfig& race, int slot) {
  return std::any_of(race.runners.begin(), race.runners.end(),
                     [slot](const auto& runner) { return runner.slot == slot; });
}

// The runners of `race` that `other` does not have: the name of the only one, or how many.
std::string others_of(const race::RaceConfig& race, const race::RaceConfig& other) {
  std::size_t count = 0, last = 0;
  for (std::size_t i = 0; i < race.runners.size(); ++i)
    if (!has_slot(other, race.runners[i].slot)) ++count, last = i;
  if (count == 0) return {};
  return count == 1 ? race::runner_name(race.runners, last).full() : core::counted(count, "optimizer");
}

PageChange race_change(const race::RaceConfig& before, const race::RaceConfig& after, bool anew) {
  if (!(before.surface_choice() == after.surface_choice())) {
    if (after.surface_choice().is_expression())
      return before.expression == after.expression ? changed("Formula's parameters changed") : changed("Formula", anew);
    const surfaces::CatalogEntry* entry = surfaces::find_surface(after.surface);
    if (before.surface != after.surface && entry != nullptr)
      return changed(fill("Surface {}", entry->info->title), anew);
  }
  if (const std::string gone = others_of(before, after); !gone.empty()) {
    if (others_of(after, before).empty()) return changed(gone + " removed", true);
    return changed("Optimizers changed", true);
  }
  if (const std::string come = others_of(after, before); !come.empty()) return changed(come + " added");
  if (before.start != after.start) return {"Start moved", "start"};
  for (std::size_t i = 0; i < after.runners.size() && after.runners.size() == before.runners.size(); ++i) {
    race::RaceConfig one = before, other = before;
    one.runners = {before.runners[i]};
    other.runners = {after.runners[i]};
    if (one.runners == other.runners) continue;
    const JsonValue a = script::to_json(one), b = script::to_json(other);
    PageChange change = leaf_change(a.find("optimizers")->items()[0], b.find("optimizers")->items()[0], "settings");
    const std::string name = race::runner_name(after.runners, i).full();
    return {fill("{}: {}", name, change.name), name + change.subject};
  }
  PageChange change = leaf_change(script::to_json(before), script::to_json(after), "race");
  return {capital(change.name), change.subject};
}

PageChange training_change(const PageState& before, const PageState& after) {
  const training::TrainerConfig &a = before.shared.trainer, &b = after.shared.trainer;
  const bool anew = before.runs.training != after.runs.training;
  if (before.runs.dataset != after.runs.dataset) return changed(fill("Data set {}", after.runs.dataset));
  if (before.runs.layout != after.runs.layout) return changed("Images turned");
  if (!(a.network == b.network)) return changed("Another network", anew);
  if (anew && after.runs.branched >= 0)
    return changed(fill("Branch from step {}", core::grouped(after.runs.branched)), true);
  if (a == b) return changed("Training reset", true);
  const PageChange change = leaf_change(script::to_json(a), script::to_json(b), "training");
  return {capital(change.name), change.subject, anew};
}

JsonValue show_json(const SurfaceSwitches& show) {
  return JsonValue::object(
      {{"contours", show.contours}, {"arrows", show.arrows}, {"basins", show.basins}, {"curvature", show.curvature}});
}

PageChange drawing_change(const PageState& before, const PageState& after) {
  const LookedAtDigit& digit = after.shared.lens.digit;
  if (!digit.own()) return changed("Drawing cleared", before.pad != nullptr);
  return changed(digit.from_picture ? "Picture of a digit" : "Stroke");
}

}  // namespace

PageChange page_change(const PageState& before, const PageState& after) {
  const SharedState &a = before.shared, &b = after.shared;
  const int scene = scene_index(b.scene);
  if (a.scene != b.scene && scene >= 0)
    return changed(fill("Scene: {}", scenes()[static_cast<std::size_t>(scene)].title));
  const bool anew = before.runs.race != after.runs.race;
  if (!(a.race == b.race)) return race_change(a.race, b.race, anew);
  if (anew) return changed("Race reset", true);
  if (before.runs.training != after.runs.training || before.runs.layout != after.runs.layout ||
      !(a.trainer == b.trainer))
    return training_change(before, after);
  if (!(a.draft == b.draft)) return changed("Layers edited");
  if (before.pad != after.pad || a.lens.digit.image != b.lens.digit.image) return drawing_change(before, after);
  const JsonValue shown = show_json(a.show), shows = show_json(b.show), one = state_value(a), other = state_value(b);
  const JsonValue *x = &shown, *y = &shows;
  for (const std::string_view part : {"survey", "sampling"})
    if (*x == *y) x = one.find(part), y = other.find(part);
  const PageChange change = leaf_change(*x, *y, "settings");
  return {capital(change.name), change.subject};
}

}  // namespace descent::web
