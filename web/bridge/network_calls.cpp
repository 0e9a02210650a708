// SPDX-License-Identifier: MIT
// descent.network: commands for the trainer, on its thread. Files are read on the worker for jobs, piece by piece, so
// that a training run goes on while a new data set is checked. A training's promise waits in Context::waiting for its
// end.
#include <algorithm>

#include "engine/core/fill.h"
#include "engine/data/catalog.h"
#include "engine/io/gzip.h"
#include "engine/io/json_reader.h"
#include "engine/nn/network.h"
#include "engine/optim/optimizer.h"
#include "engine/script/config_fields.h"
#include "engine/script/config_json.h"
#include "web/bridge/call.h"

namespace descent::web::bridge {
namespace {

using data::DataSplit;
using training::Trainer;
using training::TrainerConfig;

constexpr std::string_view kVisitorsFiles = "your files";
constexpr std::size_t kMaxWeightBytes = 500'000'000;  // unpacked

core::Result<TrainerConfig> config_of(const io::JsonValue& arguments, const TrainerConfig& present) {
  auto request = script::trainer_request_from(arguments, "network.configure", present);
  if (!request.ok()) return request.error();
  return std::move(request->config);
}

Outcome configure(Trainer& trainer, const Call& call) {
  const auto config = config_of(*call.arguments, trainer.config());
  if (!config.ok()) return config.error();
  return outcome_of(trainer.configure(*config));
}

// check() refuses what can be refused of a configuration without its data set, so that nothing is fetched in vain. The
// answer is the name of the data set asked for, as the catalog writes it.
Outcome check(Trainer& trainer, const Call& call) {
  const auto request = script::trainer_request_from(*call.arguments, "network.configure", trainer.config());
  if (!request.ok()) return request.error();
  const data::DatasetInfo* dataset = data::find_dataset_written(request->dataset);
  if (dataset == nullptr)
    return core::Error{core::fill("network.configure: {} (network.load takes files of your own)",
                                  data::unknown_dataset(request->dataset).message)};
  const TrainerConfig& config = request->config;
  const auto optimizer = optim::make_optimizer<float>(config.optimizer, config.hyperparameters);
  if (!optimizer.ok()) return optimizer.error();
  Answer answer{.json = io::write_json(dataset->name)};
  if (config.network == trainer.config().network) return answer;
  const auto network = nn::Network<float>::build(config.network);
  if (!network.ok()) return network.error();
  return answer;
}

// No network is made: shapes and counts alone.
void plan(Context&, const Call& call) {
  auto json = script::plan_json(call.message->arguments());
  settle(call.id, json.ok() ? Outcome(Answer{.json = std::move(json).value()}) : Outcome(json.error()));
}

// `config` in the arguments goes with the data, so that both happen or neither.
Outcome take_data(Trainer& trainer, const Call& call, std::shared_ptr<const DataSplit> split) {
  const io::JsonValue* wanted = call.arguments->find("config");
  const auto config = config_of(wanted == nullptr ? io::JsonValue::object() : *wanted, trainer.config());
  if (!config.ok()) return config.error();
  return outcome_of(trainer.load(std::move(split), *config));
}

// A data set's bytes come as: begin, any number of pieces of the four files, then load; or drop. Each call bears the
// ticket of its hand-over: one that was given up may still speak while the next one is under way.
std::int64_t ticket_of(const Call& call) {
  const io::JsonValue* ticket = call.arguments->find("ticket");
  return ticket != nullptr && ticket->is_number() ? static_cast<std::int64_t>(ticket->as_number()) : 0;
}

core::Status check_ticket(const Incoming& incoming, const Call& call) {
  if (incoming.files != nullptr && incoming.ticket == ticket_of(call)) return {};
  return core::Error{"another data set is being handed over"};
}

void begin_data(Context& context, const Call& call) {
  context.host.jobs().post([incoming = context.incoming, call](parallel::Jobs&) {
    incoming->ticket = ticket_of(call);
    incoming->files = std::make_unique<training::DatasetIntake>();
    settle(call.id, Answer{});
  });
}

core::Status feed(const Incoming& incoming, const Call& call) {
  if (core::Status status = check_ticket(incoming, call); !status.ok()) return status;
  int role = 0;
  io::JsonReader reader(*call.arguments, "data.feed");
  reader.require({"role"});
  reader.read_choice("role", role, training::DatasetIntake::kRoles);
  if (!reader.status().ok()) return reader.status();
  return incoming.files->feed(static_cast<std::size_t>(role), call.message->buffer(0));
}

void feed_data(Context& context, const Call& call) {
  context.host.jobs().post(
      [incoming = context.incoming, call](parallel::Jobs&) { settle(call.id, outcome_of(feed(*incoming, call))); });
}

void drop_data(Context& context, const Call& call) {
  context.host.jobs().post([incoming = context.incoming, call](parallel::Jobs&) {
    if (check_ticket(*incoming, call).ok()) incoming->files.reset();
    settle(call.id, Answer{});
  });
}

void load(Context& context, const Call& call) {
  context.host.jobs().post([&trainers = context.host.trainer(), incoming = context.incoming, call](parallel::Jobs&) {
    if (core::Status status = check_ticket(*incoming, call); !status.ok()) return settle(call.id, status.error());
    auto split = std::exchange(incoming->files, nullptr)->finish(kVisitorsFiles);
    if (!split.ok()) return settle(call.id, split.error());
    auto shared = std::make_shared<const DataSplit>(std::move(split).value());
    run_on<Trainer>(trainers, call.id, [call, shared](Trainer& trainer) { return take_data(trainer, call, shared); });
  });
}

// {dataset, config}
void generate(Context& context, const Call& call) {
  std::string name;
  io::JsonReader reader(*call.arguments, "network.generate");
  reader.read("dataset", name);
  const data::DatasetInfo* dataset = data::find_dataset(name);
  if (dataset == nullptr || dataset->generate == nullptr)
    return settle(call.id, core::Error{core::fill("network.generate: '{}' is not a data set that is generated", name)});
  context.host.jobs().post([&trainers = context.host.trainer(), call, dataset](parallel::Jobs&) {
    auto shared = std::make_shared<const DataSplit>(dataset->generate());
    run_on<Trainer>(trainers, call.id, [call, shared](Trainer& trainer) { return take_data(trainer, call, shared); });
  });
}

// An Amount says how long a training lasts: epochs, or steps, or with neither the configured epochs.
struct Amount {
  std::int64_t epochs = 0;
  std::int64_t steps = 0;
};

// {epochs} or {steps} or {}.
core::Result<Amount> train_amount(const Call& call) {
  if (core::Status nulls = script::refuse_nulls(*call.arguments, ""); !nulls.ok()) return nulls.error();
  Amount amount;
  io::JsonReader reader(*call.arguments, "network.train");
  reader.read("epochs", amount.epochs, 1, training::kMaxEpochs);
  reader.read("steps", amount.steps, 1, training::kMaxTrainSteps);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  if (amount.epochs > 0 && amount.steps > 0) return core::Error{"network.train: give epochs or steps, not both"};
  return amount;
}

// {n}: steps.
core::Result<Amount> step_amount(const Call& call) {
  Amount amount{.steps = 1};
  io::JsonReader reader(*call.arguments, "network.step");
  reader.read("n", amount.steps, 1, training::kMaxTrainSteps);
  if (!reader.status().ok()) return core::Error{core::fill("network.step: {}", reader.status().message())};
  return amount;
}

using ReadAmount = core::Result<Amount> (*)(const Call&);

// check_amount() refuses what can be refused of a training without a data set, so that none is fetched in vain.
template <ReadAmount amount_of>
void check_amount(Context&, const Call& call) {
  const auto amount = amount_of(call);
  settle(call.id, amount.ok() ? Outcome(Answer{}) : Outcome(amount.error()));
}

core::Status begin_training(Trainer& trainer, const Amount& amount) {
  if (amount.epochs > 0) return trainer.train_epochs(amount.epochs);
  if (amount.steps > 0) return trainer.train_steps(amount.steps);
  return trainer.train();
}

template <ReadAmount amount_of>
void start_training(Context& context, const Call& call) {
  const auto amount = amount_of(call);
  if (!amount.ok()) return settle(call.id, amount.error());
  context.host.trainer().post([call, amount = *amount, waiting = context.waiting](Trainer& trainer) {
    waiting->calls.push_back(call.id);  // first: a training without anything to do stops inside the call
    if (core::Status begun = begin_training(trainer, amount); !begun.ok()) {
      std::erase(waiting->calls, call.id);
      settle(call.id, begun.error());
    }
  });
}

Outcome pause(Trainer& trainer, const Call&) {
  trainer.pause();
  return Answer{};
}

Outcome reset(Trainer& trainer, const Call&) {
  trainer.reset();
  return Answer{};
}

Outcome predict(Trainer& trainer, const Call& call) {
  const auto probabilities = trainer.predict(call.message->floats(0));
  if (!probabilities.ok()) return probabilities.error();
  script::AnswerBlocks blocks;
  return blocks.answer(blocks.add(*probabilities));
}

Outcome gradients(Trainer& trainer, const Call& call) {
  auto file = trainer.gradients(call.message->floats(0), call.message->integers(1));
  if (!file.ok()) return file.error();
  return Answer{.bytes = std::move(file).value()};
}

Outcome save(Trainer& trainer, const Call& call) {
  bool with_optimizer = true;
  io::JsonReader reader(*call.arguments, "network.save");
  reader.read("optimizer", with_optimizer);
  reader.refuse_others();
  if (!reader.status().ok()) return reader.status().error();
  return Answer{.bytes = script::weights_file(trainer, with_optimizer)};
}

Outcome transpose(Trainer& trainer, const Call& call) {
  bool on = true;
  io::JsonReader reader(*call.arguments, "network.transpose");
  reader.read("on", on);
  if (!reader.status().ok()) return reader.status().error();
  return outcome_of(trainer.set_layout(on ? data::Layout::transposed : data::Layout::upright));
}

Outcome undo_load(Trainer& trainer, const Call&) {
  return outcome_of(trainer.undo_load());
}

// A packed file is unpacked on the worker for jobs first.
void restore(Context& context, const Call& call) {
  auto& trainers = context.host.trainer();
  std::string name;
  io::JsonReader reader(*call.arguments, "network.restore");
  reader.read("name", name);
  if (!reader.status().ok()) return settle(call.id, reader.status().error());
  if (!io::is_gzip(call.message->buffer(0)))
    return run_on<Trainer>(trainers, call.id, [call, name](Trainer& trainer) -> Outcome {
      return outcome_of(trainer.restore(call.message->buffer(0), name));
    });
  context.host.jobs().post([&trainers, call, name](parallel::Jobs&) {
    auto bytes = io::unpack(call.message->buffer(0), "the weights file", kMaxWeightBytes);
    if (!bytes.ok()) return settle(call.id, bytes.error());
    auto shared = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes).value());
    run_on<Trainer>(trainers, call.id,
                    [shared, name](Trainer& trainer) -> Outcome { return outcome_of(trainer.restore(*shared, name)); });
  });
}

constexpr Method kMethods[] = {
    {"network.configure", on_trainer<configure>},
    {"network.check", on_trainer<check>},
    {"network.plan", plan},
    {"data.begin", begin_data},
    {"data.feed", feed_data},
    {"data.drop", drop_data},
    {"network.load", load},
    {"network.generate", generate},
    {"network.check_train", check_amount<train_amount>},
    {"network.check_step", check_amount<step_amount>},
    {"network.train", start_training<train_amount>},
    {"network.step", start_training<step_amount>},
    {"network.pause", on_trainer<pause>},
    {"network.reset", on_trainer<reset>},
    {"network.predict", on_trainer<predict>},
    {"network.gradients", on_trainer<gradients>},
    {"network.save", on_trainer<save>},
    {"network.transpose", on_trainer<transpose>},
    {"network.undo_load", on_trainer<undo_load>},
    {"network.restore", restore},
};

}  // namespace

std::span<const Method> network_methods() {
  return kMethods;
}

}  // namespace descent::web::bridge
