// SPDX-License-Identifier: MIT
// descent.network.explain, weight, unit, jacobian, spectrum, ranks, confusion, calibration and posterior: questions
// about the inside of the network, on the trainer's thread and with the weights of now. An image of the script's own is
// the message's first buffer.
#include <memory>
#include <utility>

#include "engine/script/inspect_json.h"
#include "engine/script/posterior_json.h"
#include "web/bridge/call.h"

namespace descent::web::bridge {
namespace {

using training::Trainer;

std::span<const float> image_of(const Call& call) {
  return call.message->buffer_count() == 0 ? std::span<const float>() : call.message->floats(0);
}

Outcome explain(Trainer& trainer, const Call& call) {
  const auto digit = script::explain_request_from(*call.arguments, image_of(call));
  if (!digit.ok()) return named(call, digit.message());
  const auto explanation = trainer.explain(*digit);
  if (!explanation.ok()) return named(call, explanation.message());
  return script::explanation_answer(*explanation, trainer.class_labels());
}

Outcome weight(Trainer& trainer, const Call& call) {
  const auto request = script::weight_request_from(*call.arguments, image_of(call));
  if (!request.ok()) return named(call, request.message());
  const auto study = trainer.weight(request->digit, request->place);
  if (!study.ok()) return named(call, study.message());
  return script::weight_answer(*study);
}

Outcome unit(Trainer& trainer, const Call& call) {
  const auto request = script::unit_request_from(*call.arguments, image_of(call));
  if (!request.ok()) return named(call, request.message());
  const auto terms = trainer.unit(request->digit, request->place);
  if (!terms.ok()) return named(call, terms.message());
  return script::unit_answer(*terms);
}

Outcome jacobian(Trainer& trainer, const Call& call) {
  const auto digit = script::jacobian_request_from(*call.arguments, image_of(call));
  if (!digit.ok()) return named(call, digit.message());
  const auto matrix = trainer.jacobian(*digit);
  if (!matrix.ok()) return named(call, matrix.message());
  return script::jacobian_answer(*matrix, trainer.class_labels());
}

Outcome spectrum(Trainer& trainer, const Call& call) {
  const auto parameter = script::spectrum_request_from(*call.arguments);
  if (!parameter.ok()) return named(call, parameter.message());
  const auto spectra = trainer.spectrum(*parameter);
  if (!spectra.ok()) return named(call, spectra.message());
  return script::spectra_answer(*spectra);
}

// The trainer works on it between its other work and settles the promise at the end, a round later as run_on does.
void settle_later(Context& context, int id, Outcome outcome) {
  auto kept = std::make_shared<Outcome>(std::move(outcome));
  context.host.trainer().post([id, kept](Trainer&) { settle(id, std::move(*kept)); });
}

void ranks(Context& context, const Call& call) {
  const auto request = script::ranks_request_from(*call.arguments);
  if (!request.ok()) return settle(call.id, named(call, request.message()));
  context.host.trainer().post([&context, call, request = *request](Trainer& trainer) {
    trainer.ranks(request.parameter, request.images, [&context, call](core::Result<inspect::RankCurve> curve) {
      settle_later(context, call.id,
                   curve.ok() ? Outcome(script::ranks_answer(*curve)) : Outcome(named(call, curve.message())));
    });
  });
}

using View = std::shared_ptr<const training::AnswerView>;

// `answer` of the view of the whole test set, once the trainer has it.
void answered_with(Context& context, const Call& call, Outcome (*answer)(const training::AnswerView&, const Call&)) {
  context.host.trainer().post([&context, call, answer](Trainer& trainer) {
    trainer.answers([&context, call, answer](const core::Result<View>& view) {
      settle_later(context, call.id, view.ok() ? answer(**view, call) : Outcome(named(call, view.message())));
    });
  });
}

void confusion(Context& context, const Call& call) {
  if (const core::Status status = script::confusion_request_from(*call.arguments); !status.ok())
    return settle(call.id, named(call, status.message()));
  answered_with(context, call, [](const training::AnswerView& view, const Call&) -> Outcome {
    return script::confusion_answer(view.confusion, view.step);
  });
}

void calibration(Context& context, const Call& call) {
  if (const auto request = script::calibration_request_from(*call.arguments); !request.ok())
    return settle(call.id, named(call, request.message()));
  answered_with(context, call, [](const training::AnswerView& view, const Call& asked) -> Outcome {
    const auto request = script::calibration_request_from(*asked.arguments);
    return script::calibration_answer(inspect::calibration(view.table, request->bins, request->temperature), view.step);
  });
}

void posterior(Context& context, const Call& call) {
  auto request = script::posterior_request_from(*call.arguments, image_of(call));
  if (!request.ok()) return settle(call.id, named(call, request.message()));
  context.host.trainer().post([&context, call, request = std::move(*request)](Trainer& trainer) {
    trainer.posterior(
        request.digit, request.settings, [&context, call](const core::Result<training::PosteriorAnswer>& answer) {
          settle_later(
              context, call.id,
              answer.ok() ? Outcome(script::posterior_answer(*answer)) : Outcome(named(call, answer.message())));
        });
  });
}

constexpr Method kMethods[] = {
    {"network.explain", on_trainer<explain>},   {"network.weight", on_trainer<weight>},
    {"network.unit", on_trainer<unit>},         {"network.jacobian", on_trainer<jacobian>},
    {"network.spectrum", on_trainer<spectrum>}, {"network.ranks", ranks},
    {"network.confusion", confusion},           {"network.calibration", calibration},
    {"network.posterior", posterior},
};

}  // namespace

std::span<const Method> inspect_methods() {
  return kMethods;
}

}  // namespace descent::web::bridge
