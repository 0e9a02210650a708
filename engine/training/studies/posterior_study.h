// SPDX-License-Identifier: MIT
// PosteriorStudy: how sure the network is of one image, as a study of the trainer. What lies between two looks at the
// clock (a block of images, a step of a chain) may take longer than its slice: then it lets as many slices pass.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/inspect/posterior/dropout_votes.h"
#include "engine/inspect/posterior/posterior_chain.h"
#include "engine/training/posterior_answer.h"
#include "engine/training/study.h"

namespace descent::training {

// All questions about the same weights share this: the curvature, which takes longest, and the newest factor.
struct PosteriorGround {
  std::uint64_t changes = 0;
  std::int64_t step = 0;  // and TrainerImpl::changes say which weights
  std::shared_ptr<inspect::Curvature> curvature;
  std::shared_ptr<inspect::Posterior> posterior;  // complete; none: no factor yet
  double seconds = 0;                             // that the curvature has taken
};

// A wish of the lens: of which weights, about which digit.
struct PosteriorAsked {
  std::uint64_t changes = 0;
  std::int64_t step = 0, test_index = -1;
  std::vector<float> image;
  double precision = 0;
  friend bool operator==(const PosteriorAsked&, const PosteriorAsked&) = default;
};
struct PosteriorSlot {
  std::optional<PosteriorAsked> asked;     // under way, or answered
  std::optional<PosteriorAsked> answered;  // with `answer`, or `refusal`
  bool under_way = false;
  std::shared_ptr<const PosteriorAnswer> answer;
  std::string refusal;
};

class PosteriorStudy final : public Study {
 public:
  // ground: of the network's weights; none with dropout, whose votes begin with `dropout`. settings: checked.
  struct Question {
    std::string_view kind;
    PosteriorSettings settings;
    std::int64_t step = 0;
    std::vector<float> image;  // (input_size)
    std::shared_ptr<PosteriorGround> ground;
    std::optional<inspect::DropoutVotes> dropout;
    PosteriorDone done;
  };
  explicit PosteriorStudy(Question question) : asked_(std::move(question)) {}

  [[nodiscard]] std::string_view kind() const override { return asked_.kind; }
  bool advance(parallel::ThreadPool& pool, double seconds) override;
  void cancel(std::string_view why) override { asked_.done(core::Error{std::string(why)}); }

  [[nodiscard]] double progress() const;

 private:
  bool work(parallel::ThreadPool& pool, double seconds);
  bool factorize(parallel::ThreadPool& pool, double seconds);
  void tell(inspect::Votes votes);

  Question asked_;
  double credit_ = 0;             // seconds that it may take; negative: what it took too much
  double seconds_ = 0;            // taken so far, before
  double began_ = 0;              // the present slice
  std::vector<double> features_;  // of the image
  std::shared_ptr<inspect::Posterior> posterior_;
  bool factored_ = false;  // posterior_ is complete
  std::optional<inspect::PosteriorChain> chain_;
  std::vector<float> network_;  // its own probabilities
};

}  // namespace descent::training
