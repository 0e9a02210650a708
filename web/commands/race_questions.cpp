// SPDX-License-Identifier: MIT
#include "web/commands/race_questions.h"

namespace descent::web {

using race::Race;

template <class Value>
void RaceQuestions::ask(std::function<Value(const Race&)> question, Answer<Value> answer) {
  host_.race().post(
      [to_main = post_to_main_, question = std::move(question), answer = std::move(answer)](const Race& race) {
        auto value = std::make_shared<Value>(question(race));
        to_main([answer, value, surface = race.config().surface_choice()] { answer(std::move(*value), surface); });
      });
}

void RaceQuestions::heights(const surfaces::Domain& view, int width, int height, const surfaces::Domain& core,
                            const surfaces::Domain& around, Answer<race::HeightField> answer) {
  ask<race::HeightField>(
      [=](const Race& race) {
        race::HeightField field = race.sample(view, width, height);
        field.core = race.height_range(core);
        field.around = race.height_range(around);
        return field;
      },
      std::move(answer));
}

void RaceQuestions::gradients(const surfaces::Domain& view, int width, int height, Answer<race::GradientField> answer) {
  ask<race::GradientField>([=](const Race& race) { return race.sample_gradients(view, width, height); },
                           std::move(answer));
}

void RaceQuestions::local_model(surfaces::Point point, Answer<surfaces::LocalModel> answer) {
  ask<surfaces::LocalModel>([point](const Race& race) { return race.local_model(point); }, std::move(answer));
}

}  // namespace descent::web
