// SPDX-License-Identifier: MIT
#include "engine/script/curves_json.h"

#include "engine/optim/schedule.h"
#include "engine/training/curves.h"

namespace descent::script {
namespace {

using io::JsonValue;

JsonValue curve_json(const std::vector<training::CurvePoint>& curve) {
  JsonValue list = JsonValue::array();
  for (const training::CurvePoint& point : curve)
    list.push_back(JsonValue::object(
        {{"step", point.step}, {"epoch", point.epoch}, {"loss", point.loss}, {"accuracy", point.accuracy}}));
  return list;
}

JsonValue changes_json(const std::vector<training::CurveChange>& changes, std::string_view optimizer) {
  using training::CurveChange;
  JsonValue list = JsonValue::array();
  for (const CurveChange& change : changes) {
    const auto value = [&](double number) {
      if (change.setting == CurveChange::kScheduleParameters) return JsonValue();
      if (change.setting != CurveChange::kSchedule) return JsonValue(number);
      return JsonValue(optim::schedule_catalog()[static_cast<std::size_t>(number)].info.name);
    };
    list.push_back(JsonValue::object({{"step", change.step},
                                      {"epoch", change.epoch},
                                      {"setting", training::setting_name(change, optimizer)},
                                      {"from", value(change.from)},
                                      {"to", value(change.to)}}));
  }
  return list;
}

}  // namespace

io::JsonValue history_json(const std::vector<training::CurvePoint>& train,
                           const std::vector<training::CurvePoint>& test,
                           const std::vector<training::CurveChange>& changes, std::string_view optimizer) {
  return JsonValue::object(
      {{"train", curve_json(train)}, {"test", curve_json(test)}, {"changes", changes_json(changes, optimizer)}});
}

}  // namespace descent::script
