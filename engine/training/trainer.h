// SPDX-License-Identifier: MIT
// Trainer: trains a network on a data set, step by step. Synchronous; lives inside Worker<Trainer>. Learning rate, its
// schedule, the other hyper-parameters and the batch size may change between any two steps; architecture, optimizer,
// seed and data set start anew. The same configuration gives the same bits for any number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/data/dataset.h"
#include "engine/inspect/explain.h"
#include "engine/inspect/matrices/ranks.h"
#include "engine/training/doctor/diagnosis.h"
#include "engine/training/lens.h"
#include "engine/training/run.h"

namespace descent::training {

struct TrainerSnapshot {
  TrainerConfig config;
  std::uint64_t config_version = 0;
  std::uint64_t run = 0;  // changes when a run that took somebody's time is left, see go_to()
  TrainerState state = TrainerState::empty;
  std::string dataset;       // its own name; empty when none is loaded
  std::string catalog_name;  // the data set's in data::catalog(); empty of any other
  std::int64_t train_count = 0, test_count = 0;
  std::vector<std::int32_t> class_labels;  // (outputs): what the data set calls them; 0, 1, … when there is none
  data::Layout layout = data::Layout::upright;
  std::optional<EarlierRun> earlier;  // what undo_load() goes back to
  // The first training images as the network gets them, refreshed when these change.
  std::vector<float> preview;  // (n, 784) 0 … 1
  std::vector<int> preview_classes;
  std::uint64_t preview_version = 0;
  std::int64_t epoch = 0;  // completed epochs
  std::int64_t step = 0;   // completed steps since reset
  std::int64_t steps_per_epoch = 0;
  std::int64_t target_step = 0;                        // training stops here; progress = step / target_step
  double learning_rate = 0;                            // of the next step, scheduled
  std::int64_t schedule_step = 1, schedule_steps = 1;  // the next step's place in the schedule, 1 … schedule_steps
  double images_per_second = 0;                        // over about the last second of training
  double seconds = 0;                                  // spent training since reset, pauses excluded
  double seconds_left = 0;                             // estimate; NaN when not training
  Metrics train, test;                                 // latest epoch's or running mean; latest evaluation
  StepFigures newest;                                  // refreshed a few times a second
  bool learned = false;                                // there were steps, or weights came from a file
  std::vector<CurvePoint> train_curve, test_curve;
  std::vector<CurveChange> curve_changes;
  std::uint64_t curve_generation = 0;
  std::vector<CheckpointPoint> checkpoints;  // ascending
  std::int64_t checkpoint_bytes = 0;         // that they take
  std::int64_t run_end = 0;                  // how far seek() can go: step, or beyond it the newest checkpoint's
  std::optional<BranchPoint> branched;       // of this run
  std::vector<std::shared_ptr<const KeptRun>> kept_runs;  // the oldest first, this one not among them
  std::int64_t kept_run_bytes = 0;                        // that they take
  std::int64_t gone_runs = 0;                             // how many had to make room
  bool pinned = false;                                    // this run, when it will be one of them
  std::string message;                                    // why it stopped, what was refused
  std::uint64_t message_number = 0;                       // core::Notice
  bool message_is_remark = false;                         // nothing was refused: how a file was read
  int threads = 0;                                        // in use
  std::int64_t parameter_count = 0;
  std::int64_t memory_bytes = 0;
  Inspection inspection;
  MatrixView matrices;
  AnswersShown answers;
  // By PosteriorMethod.
  PosteriorsShown posterior;

  Diagnosis diagnosis;    // of the run where it stands
  Advice advice;          // for it, once it has been tried
  RateRange rates;        // as far as they are known for the present configuration
  bool searches = false;  // rates are being tried
};

class Trainer {
 public:
  using Snapshot = TrainerSnapshot;

  Trainer();
  ~Trainer();

  // All checked before anything changes. Only hyper-parameters, schedule, batch size, epochs and threads different from
  // the present configuration: applied live, the run goes on (a new batch size from the next batch, at the present
  // position of the epoch). Otherwise the run starts anew, standing still.
  // What a command refuses also stands in the snapshot's message until the next accepted command.
  core::Status configure(const TrainerConfig& config);
  core::Status set_hyperparameter(int index, double value);
  core::Status set_batch_size(int batch_size);
  // Starts anew; only weights that were restored before there was any data stay. The last dense layer takes as many
  // outputs as the set has classes, unless `config` names another network than the present one, which then has to fit.
  core::Status load(std::shared_ptr<const data::DataSplit> split);
  core::Status load(std::shared_ptr<const data::DataSplit> split, const TrainerConfig& config);
  // Turns the images of the data set; starts anew.
  core::Status set_layout(data::Layout layout);
  // Changes places with the run that the last load (or turn) ended, as it stood: data, network, weights, curves. There
  // is none when that run took much memory, or when another one was put aside since.
  core::Status undo_load();
  // Whatever begins anew (a reset, another network, optimizer or seed, weights from a file, other data) puts the run
  // aside that took somebody's time: one, the last. go_to() changes places with it, bit for bit as it stood, when it is
  // the run of this number (TrainerSnapshot::run) and not the present one; then layout and `config` hold, live where
  // that can be. They hold too when the run is kept no more, which is said in a sentence.
  core::Status go_to(std::uint64_t run, const TrainerConfig& config, data::Layout layout);

  // train() goes from where it stands to the end of the configuration's epochs; when those are done, as many again.
  core::Status train();
  core::Status train_epochs(std::int64_t epochs);  // up to that many more; an epoch under way counts as one
  core::Status train_steps(std::int64_t steps);    // fewer than kStepsWorthTesting end without an evaluation
  void pause();
  void reset();
  // seek() goes to the newest checkpoint at or before the step, back or forth (run_checkpoints.h): the run stands
  // there, paused, with the weights, the optimizer's memory, the settings and the curves of then, and goes on from
  // there bit for bit. Where it stood is a checkpoint, too; nothing is forgotten. Training that goes on where later
  // checkpoints follow is a branch.
  core::Status seek(std::int64_t step);
  // branch() begins another run at that checkpoint, with the settings of `config`, paused; the former one is put aside
  // (see go_to()) as it stands. Network and seed stay. Another optimizer begins with an empty memory.
  core::Status branch(std::int64_t step, const TrainerConfig& config);
  core::Status branch();  // where it stands, with its settings
  // The settings of that checkpoint.
  [[nodiscard]] const TrainerConfig& config_at(std::int64_t step) const;
  // A run of the visit is kept with its curves when another begins (TrainerSnapshot::kept_runs). A pinned one makes no
  // room for others.
  core::Status keep_run(std::uint64_t id, bool on);
  core::Status remove_run(std::uint64_t id);
  // `on_stop` is called on the worker's thread each time training stops (finished, paused, diverged), and at once for a
  // pause while idle.
  void set_on_stop(std::function<void(const Trainer&)> on_stop);

  // images: (n, 784) in 0 … 1, n = size / 784; other values are refused. Result: (n, classes).
  [[nodiscard]] core::Result<std::vector<float>> predict(std::span<const float> images);
  // safetensors of d(mean loss)/d(parameter) in torch's names and layouts; metadata {"loss": …}. Nothing is updated.
  // labels: (n) as the data set calls its classes.
  [[nodiscard]] core::Result<std::vector<std::uint8_t>> gradients(std::span<const float> images,
                                                                  std::span<const std::int32_t> labels);
  // Weights as the equal torch.nn.Sequential names and lays them out, with optimizer state under "optimizer.*", and
  // step, epoch, seed in the metadata, and config_json there as the configuration.
  // with_optimizer = false leaves the optimizer's tensors out, for torch's strict load_state_dict.
  [[nodiscard]] std::vector<std::uint8_t> save(std::string_view config_json = "{}", bool with_optimizer = true) const;
  // The same with all that the run is beside (run_record.h): restored on the same data it goes on bit for bit, curves,
  // means and an evaluation under way included, and stands as it stood, but paused.
  // Empty when there is no memory for it.
  [[nodiscard]] std::vector<std::uint8_t> save_run(std::string_view config_json = "{}") const;
  // Checked as a whole (names, shapes, finite values) before anything is replaced. Restores optimizer state, seed,
  // position and the run's record when the file has them and they fit; weights of other programs are welcome too
  // (weight_match.h). A run under way stands still. `name`: the file's, for messages.
  // tells: a refusal is the snapshot's message as well; else the caller alone has it.
  core::Status restore(std::span<const std::uint8_t> bytes, std::string_view name = {}, bool tells = true);

  [[nodiscard]] const TrainerConfig& config() const;
  // The same with as many outputs as the present data set has classes; unchanged while there is none.
  [[nodiscard]] TrainerConfig fitted(TrainerConfig config) const;
  [[nodiscard]] TrainerState state() const;
  // (classes): what the data set calls them; 0, 1, … when there is none.
  [[nodiscard]] std::vector<std::int32_t> class_labels() const;

  // These look at one digit, or an image of one's own, with the present weights, dropout off. label: as the data
  // set calls the class; none: the test label, or for an image of one's own the network's answer.
  struct Digit {
    std::int64_t test_index = -1;  // counted from 0; -1: `image`
    std::vector<float> image;      // (784) 0 … 1
    std::optional<std::int32_t> label;
  };
  [[nodiscard]] core::Result<inspect::Explanation> explain(const Digit& digit) const;
  [[nodiscard]] core::Result<WeightStudy> weight(const Digit& digit, const WeightPlace& place);
  [[nodiscard]] core::Result<inspect::UnitTerms> unit(const Digit& digit, const UnitPlace& place) const;
  [[nodiscard]] core::Result<inspect::Jacobian> jacobian(const Digit& digit) const;
  // spectrum() decomposes one weight matrix, or all when `parameter` is empty.
  [[nodiscard]] core::Result<std::vector<inspect::Spectrum>> spectrum(std::string_view parameter) const;
  // Accuracy and loss over the first `images` of the test set (0: all) at every rank of a matrix. Worked on in slices
  // beside everything else, with the weights of now; `done` is called on the worker's thread, with an error too when
  // another call of ranks() took its place.
  using RanksDone = std::function<void(core::Result<inspect::RankCurve>)>;
  void ranks(std::string_view parameter, std::int64_t images, RanksDone done);

  // answers() are the network's to the whole test set, with the weights of when the work begins: at once, or when the
  // answers under way are done. Worked on like ranks().
  using AnswersDone = std::function<void(core::Result<std::shared_ptr<const AnswerView>>)>;
  void answers(AnswersDone done);

  // posterior() says how sure the network of now is of one image. Worked on like ranks(). The curvature over all
  // training images takes longest; it is kept while the weights stand, for other images and priors.
  void posterior(const Digit& digit, const PosteriorSettings& settings, PosteriorDone done);

  // assist() says whether learning rates are tried for a run in trouble (TrainerSnapshot::advice), on a copy of the
  // network: about a second's work, for half of the time while it trains. At first they are not.
  void assist(bool on);

  // look() says what the snapshots show of the network from here on. What does not fit, now or after another data set
  // or network came, is said in Inspection::refusal.
  void look(LensWish wish);

  // Worker<Trainer>.
  [[nodiscard]] bool busy() const;
  // Works until `slice` seconds are over, or all is done; 0: one step of training, one piece of an evaluation. What is
  // trained does not depend on slices.
  void advance(double slice = 0.004);
  void publish(Snapshot& snapshot);
  [[nodiscard]] double publish_interval() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace descent::training
