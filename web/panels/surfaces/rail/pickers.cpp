// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/rail/pickers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/optim/families.h"
#include "engine/optim/optimizer.h"
#include "engine/surfaces/groups.h"
#include "web/model/words/first_clause.h"
#include "web/widgets/picker.h"

namespace descent::web {
namespace {

using widgets::Picker;
using widgets::PickerEntry;

constexpr std::string_view kOwn = "Your formula…";

// A catalog's descriptions by kind (group or family), each kind in the catalog's order.
template <class Info, class Entry, class Kind>
std::vector<const Info*> by_kind(std::span<const Entry> catalog, Kind (*kind_of)(std::string_view name)) {
  std::vector<const Info*> list;
  for (const Entry& entry : catalog) list.push_back(entry.info);
  std::stable_sort(list.begin(), list.end(),
                   [&](const Info* a, const Info* b) { return kind_of(a->name) < kind_of(b->name); });
  return list;
}

std::vector<const surfaces::SurfaceInfo*> surfaces_by_group() {
  return by_kind<surfaces::SurfaceInfo>(surfaces::catalog(), surfaces::group_of);
}

std::vector<surfaces::SurfaceChoice> surfaces_to_show() {
  std::vector<surfaces::SurfaceChoice> choices;
  for (const surfaces::SurfaceInfo* info : surfaces_by_group()) choices.push_back({.surface = std::string(info->name)});
  return choices;
}

std::vector<surfaces::SurfaceChoice> examples_to_show() {
  std::vector<surfaces::SurfaceChoice> choices;
  for (const FormulaExample& example : kFormulaExamples)
    choices.push_back({.surface = std::string(surfaces::kExpressionName),
                       .expression = surfaces::TypedFormula(example.formula),
                       .domain = example.domain()});
  return choices;
}

}  // namespace

std::optional<std::string_view> SurfacePicker::draw(PanelContext& context) {
  const std::string& present = context.ui.race.surface;
  const surfaces::CatalogEntry* entry = surfaces::find_surface(present);
  const bool own = present == surfaces::kExpressionName;
  const auto number = [&] { return static_cast<int>(entry - surfaces::catalog().data()) + 1; };
  const Picker picker = widgets::picker_box(
      "Surface",
      own                ? 0
      : entry != nullptr ? number()
                         : -1,
      own                ? kOwn
      : entry != nullptr ? entry->info->title
                         : std::string_view{},
      "The loss that the optimizers descend. Each surface shows another difficulty. The race starts again.");
  if (!picker.open) return {};
  int selected = own ? 0 : -1;
  const auto list = surfaces_by_group();
  std::vector<PickerEntry> entries{{.title = kOwn, .line = "Any f(x, y), typed as on paper"}};
  for (const surfaces::SurfaceInfo* info : list) {
    if (info->name == present) selected = static_cast<int>(entries.size());
    entries.push_back({info->title, first_clause(info->lesson), title_of(surfaces::group_of(info->name)), true});
  }
  pictures_.show(context, "surface", surfaces_to_show, std::span(entries).subspan(1));
  const int pressed = widgets::picker_list(picker, selected, entries);
  if (pressed < 0 || pressed == selected) return {};
  return pressed == 0 ? surfaces::kExpressionName : list[static_cast<std::size_t>(pressed) - 1]->name;
}

const FormulaExample* ExamplePicker::draw(PanelContext& context) {
  const Picker picker = widgets::picker_box("##Examples", -1, "Examples…",
                                            "Formulas to begin with. The one that is chosen takes the place of yours, "
                                            "in a rectangle that shows it well.");
  if (!picker.open) return nullptr;
  std::vector<PickerEntry> entries;
  for (const FormulaExample& example : kFormulaExamples) entries.push_back({example.formula, example.line, {}, true});
  pictures_.show(context, "example", examples_to_show, entries);
  const int pressed = widgets::picker_list(picker, -1, entries);
  return pressed < 0 ? nullptr : &kFormulaExamples[static_cast<std::size_t>(pressed)];
}

std::optional<std::string_view> draw_optimizer_picker() {
  const Picker picker =
      widgets::picker_box("##add optimizer", -1, "+ add optimizer",
                          "Adds an optimizer at the same start. All runs start again, so that the race is fair.");
  if (!picker.open) return {};
  const auto list = by_kind<optim::OptimizerInfo>(optim::catalog(), optim::family_of);
  std::vector<PickerEntry> entries;
  for (const optim::OptimizerInfo* info : list)
    entries.push_back({info->title, first_clause(info->summary), title_of(optim::family_of(info->name))});
  const int pressed = widgets::picker_list(picker, -1, entries);
  if (pressed < 0) return {};
  return list[static_cast<std::size_t>(pressed)]->name;
}

}  // namespace descent::web
