// SPDX-License-Identifier: MIT
#include "web/model/words/curve_marks.h"

#include <string>

#include "engine/core/fill.h"
#include "engine/optim/schedule.h"
#include "engine/training/curves.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

using training::CurveChange;

std::string value_text(const CurveChange& change, double value) {
  if (change.setting == CurveChange::kSchedule)
    return std::string(optim::schedule_catalog()[static_cast<std::size_t>(value)].info.title);
  return display_number(value, 3);
}

}  // namespace

std::vector<PlotMark> curve_marks(std::span<const CurveChange> changes, std::string_view optimizer, double least) {
  std::vector<PlotMark> marks;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    CurveChange change = changes[i];
    while (i + 1 < changes.size() && changes[i + 1].setting == change.setting &&
           changes[i + 1].epoch - changes[i].epoch <= least)
      change.to = changes[++i].to;
    const std::string name = display_name(training::setting_name(change, optimizer));
    if (change.setting == CurveChange::kScheduleParameters)
      marks.push_back({change.epoch, core::fill("{} changed", name)});
    else if (change.from != change.to)
      marks.push_back({change.epoch,
                       core::fill("{} {} → {}", name, value_text(change, change.from), value_text(change, change.to))});
  }
  return marks;
}

}  // namespace descent::web
