// SPDX-License-Identifier: MIT
// The inside of Trainer, shared by its source files: trainer.cpp (commands), trainer_configure.cpp (configuration),
// trainer_data.cpp (data sets, and the way back to an earlier one), trainer_step.cpp (training and evaluation),
// trainer_checkpoints.cpp (where the run stood before, and other runs), trainer_publish.cpp (the snapshot),
// trainer_views.cpp (what the lenses look at), trainer_lens.cpp (what is said about one digit), trainer_answers.cpp
// (and of the test set), trainer_studies.cpp (and after long looks), trainer_posterior.cpp (how sure it is),
// trainer_doctor.cpp (what is wrong with the run), trainer_weights.cpp (weights in and out). Position in the run =
// (batcher's epoch and position, step); everything a step computes depends on these, the seed and the configuration
// alone, never on time.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "engine/core/aligned.h"
#include "engine/core/notice.h"
#include "engine/inspect/matrices/truncation.h"
#include "engine/parallel/thread_pool.h"
#include "engine/training/doctor/doctor.h"
#include "engine/training/doctor/rate_search.h"
#include "engine/training/kept_runs.h"
#include "engine/training/run_record.h"
#include "engine/training/studies/posterior_study.h"
#include "engine/training/study.h"
#include "engine/training/trainer.h"
#include "engine/training/trainer_run.h"

namespace descent::training {

inline constexpr int kEvaluationChunk = 128;  // images a forward pass outside training: a slice of a few milliseconds

struct Trainer::Impl : TrainerRun {
  std::unique_ptr<TrainerRun> earlier;  // what go_to() and undo_load() go back to
  std::uint64_t runs = 0;               // begun so far
  KeptRuns kept_runs;
  std::uint64_t config_version = 0;
  core::Notice notice;
  bool message_is_remark = false;
  std::function<void(const Trainer&)> on_stop;
  const Trainer* owner = nullptr;

  std::unique_ptr<parallel::ThreadPool> pool;
  core::AlignedVector<float> images;    // (largest batch, input_size)
  std::vector<std::uint16_t> labels;    // (largest batch)
  std::vector<std::uint32_t> in_order;  // indices of one evaluation chunk

  StepFigures newest;
  Inspection inspection;
  MatrixView matrices;
  std::uint64_t matrices_run = 0;  // the number of the run that their history belongs to
  bool spectra_known = false;      // the history's last point is about the weights that the views show
  inspect::DoubleTwin twin;
  // A study in slices, see Trainer::ranks().
  struct RankStudy {
    inspect::Ranks ranks;
    RankView view;                     // what does not change while it goes on
    std::optional<std::uint64_t> run;  // the number of the run whose weights they are; none: it began anew since
    Trainer::RanksDone done;
  };
  std::optional<RankStudy> study;
  // The gradients of a step's images for one weight are kept while other digits are looked at.
  struct BatchStudy {
    std::uint64_t run = 0;
    std::int64_t step = -1, at = -1;  // at: of Network::parameters()
    BatchImages found;
  };
  BatchStudy batch_study;
  std::int64_t batch_due = -1;                    // the weight that waits for it
  std::uint64_t ranks_run = 0;                    // the number of the run that MatrixView::ranks belongs to
  std::optional<inspect::Truncation> truncation;  // of `truncated`, for the weights that the views show
  std::string truncated;
  struct AnswerWork {
    inspect::Answers answers;
    std::uint64_t changes = 0;  // and
    std::int64_t step = 0;      // say with which weights, see answers_known()
    std::shared_ptr<const data::DataSplit> split;
    data::Layout layout = data::Layout::upright;
    std::vector<Trainer::AnswersDone> done;
  };
  std::optional<AnswerWork> answering;
  std::vector<Trainer::AnswersDone> answers_asked;  // they wait for the weights of now
  AnswersShown answers;
  std::uint64_t answers_changes = 0;  // of `answers`, as far as there are some
  std::int64_t answers_step = -1;
  std::vector<std::unique_ptr<Study>> studies;              // the first one is worked on
  std::shared_ptr<PosteriorGround> ground;                  // of the present weights, while they stand
  std::array<PosteriorSlot, kPosteriorMethods> posteriors;  // of the lens
  std::uint64_t changes = 1;                                // of the network or its data, but for steps
  LensWish wish;
  bool views_stale = true;
  bool wish_stale = false;  // the wish changed, the weights need not have
  std::int64_t views_step = -1;
  double views_time = 0, views_cost = 0;  // seconds: when they were refreshed, and how long that took
  std::uint64_t preview_version = 0;      // changes with the images that the preview shows

  bool assists = false;
  Guessing guess;  // of the data with this print
  std::int64_t guess_print = 0;
  RateRange rates;                     // of search_key's configuration, on the data of this print and layout
  std::unique_ptr<RateSearch> search;  // under way, for the same
  TrainerConfig search_key;
  std::int64_t search_print = 0;
  data::Layout search_layout = data::Layout::upright;
  double search_credit = 0;  // seconds that it may take

  // trainer_configure.cpp
  core::Status accept(TrainerConfig wanted);
  // `anew`: with a network of its own even where the present one would do.
  core::Result<RunParts> make_parts(TrainerConfig wanted, const data::DataSplit* data, bool anew) const;
  [[nodiscard]] std::int64_t bytes_for(const RunParts& parts) const;
  core::Status check_memory(const RunParts& parts) const;
  void adopt(RunParts parts);
  void replace_run(RunParts parts);
  void begin_anew(std::uint64_t seed);
  core::Status check_numbers(const TrainerConfig& wanted) const;
  core::Status check_data(const nn::Network<float>& candidate, const data::DataSplit& data) const;
  void apply_live(const TrainerConfig& wanted);
  void mark_changes(const TrainerConfig& wanted);
  void plan();
  void start_anew();
  void clear_history();
  void make_pool();

  // trainer_data.cpp
  core::Status accept_data(std::shared_ptr<const data::DataSplit> wanted, TrainerConfig next);
  core::Status accept_layout(data::Layout wanted);
  core::Status go_back();
  core::Status go_to(std::uint64_t run, TrainerConfig wanted, data::Layout wanted_layout);
  void change_places();
  [[nodiscard]] std::optional<EarlierRun> run_with_other_data() const;
  void leave_run();
  void forget_record();
  [[nodiscard]] std::int64_t held_bytes() const;
  void show_run();
  [[nodiscard]] std::vector<std::int32_t> class_labels() const;
  core::Result<std::vector<std::uint16_t>> classes_of(std::span<const std::int32_t> truth) const;
  core::Result<std::uint16_t> class_of(std::int32_t label) const;

  // trainer_step.cpp
  core::Status begin(Target wanted);
  void train_one_step();
  void finish_step(const nn::BatchLoss& result, const data::Batcher::Batch& batch);
  void diverge(const std::string& what);
  void evaluate_one_chunk();
  void go_on_or_finish();
  void stop(TrainerState stopped);
  void gather_batch(const data::Dataset& dataset, std::span<const std::uint32_t> indices);
  [[nodiscard]] bool active() const { return is_at_work(state); }
  [[nodiscard]] bool target_reached() const;
  [[nodiscard]] double epochs_done() const;
  [[nodiscard]] std::int64_t target_step() const;
  // The next step's place in the schedule and its rate, see TrainerSnapshot.
  [[nodiscard]] std::int64_t schedule_step() const;
  [[nodiscard]] std::int64_t schedule_steps() const;
  [[nodiscard]] double learning_rate() const;

  // trainer_checkpoints.cpp
  bool keep_checkpoint();
  core::Result<RunCheckpoints::Pointer> checkpoint_at(std::int64_t wanted);
  void stand_at(const RunCheckpoint& kept, bool with_memory);
  core::Status seek(std::int64_t wanted);
  core::Status branch(std::int64_t wanted, const TrainerConfig& next);
  void keep_run();
  [[nodiscard]] core::Status no_such_run(std::uint64_t id) const;

  // trainer_views.cpp
  void refresh_views(double now);
  void refresh_figures();
  void refresh_inspection();
  void refresh_layers(const inspect::Pass& pass);
  void refresh_pin(const inspect::Pass& pass);
  void refresh_unit(const inspect::Pass& pass);
  void refresh_jacobian(const inspect::Pass& pass);
  void refresh_truncated(const inspect::Pass& pass);
  void refresh_matrices();
  void refresh_spectra();

  // trainer_publish.cpp
  void publish(TrainerSnapshot& snapshot) const;
  void publish_data(TrainerSnapshot& snapshot) const;
  void publish_checkpoints(TrainerSnapshot& snapshot) const;  // trainer_checkpoints.cpp
  [[nodiscard]] double seconds_left() const;

  // trainer_doctor.cpp
  void check_up();
  void settings_changed();
  [[nodiscard]] TrainerConfig searched() const;
  [[nodiscard]] bool rates_fit() const;
  [[nodiscard]] bool wants_search() const;
  void begin_search();
  void drop_search();
  void go_on_searching(double trained);
  void publish_doctor(TrainerSnapshot& snapshot) const;

  // trainer_lens.cpp
  [[nodiscard]] core::Result<std::vector<float>> image_of(const Trainer::Digit& digit) const;
  [[nodiscard]] core::Result<inspect::Pass> pass_of(const Trainer::Digit& digit) const;
  // at_once: with the images of the batch, else these follow when there is time (go_on_with_batch).
  core::Result<WeightStudy> study_weight(const inspect::Pass& pass, const WeightPlace& place, bool at_once);
  void refresh_ink(const inspect::Pass& pass);
  [[nodiscard]] bool batch_studied(std::int64_t at) const;
  void study_batch(std::int64_t at);
  void go_on_with_batch();
  core::Result<RankStudy> start_study(std::string_view parameter, std::int64_t images) const;
  // Seconds of a study between two looks for commands, and beside a slice of training, of which it takes about a tenth.
  [[nodiscard]] double study_slice() const { return active() ? 0.0005 : 0.02; }
  void go_on_studying();
  void end_study(const std::string& why);
  void show_study();

  // trainer_answers.cpp
  [[nodiscard]] bool answers_known() const { return answers_changes == changes && answers_step == step; }
  [[nodiscard]] bool wants_answers() const { return !answers_asked.empty() || (wish.answers && !answers_known()); }
  void begin_answers();
  void go_on_answering();
  void show_answers();
  // Another network or other data: nothing that was seen of the former holds.
  void everything_changed();

  // trainer_studies.cpp
  [[nodiscard]] std::vector<std::unique_ptr<Study>>::iterator find_study(std::string_view kind);
  void begin_study(std::unique_ptr<Study> wanted);
  void go_on_with_studies();

  // trainer_posterior.cpp
  core::Result<std::unique_ptr<Study>> posterior_study(std::string_view kind, const Trainer::Digit& digit,
                                                       const PosteriorSettings& settings, PosteriorDone done);
  [[nodiscard]] bool ground_holds() const;
  [[nodiscard]] std::optional<PosteriorAsked> posterior_wish(PosteriorMethod method) const;
  [[nodiscard]] bool wants_posterior() const;
  void go_on_with_posterior();
  void show_posterior(PosteriorsShown& shown) const;

  // trainer_weights.cpp
  core::Result<std::vector<float>> predict(std::span<const float> given);
  core::Result<std::vector<std::uint8_t>> gradients(std::span<const float> given, std::span<const std::int32_t> truth);
  // `name`: of the argument, for messages.
  core::Status check_images(std::span<const float> given, std::string_view name = "images") const;
  [[nodiscard]] std::vector<std::uint8_t> save(std::string_view config_json, bool with_optimizer,
                                               bool with_record) const;
  [[nodiscard]] RunRecord record() const;
  void take_record(const RunRecord& kept);
  core::Status restore(std::span<const std::uint8_t> bytes, std::string_view name);
  void enter_restored_position(bool same_data);

  core::Status refuse(core::Status status) {
    notice.say(status);
    message_is_remark = false;
    return status;
  }
};

}  // namespace descent::training
