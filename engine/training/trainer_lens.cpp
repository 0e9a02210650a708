// SPDX-License-Identifier: MIT
// Trainer: what is said about one digit and about the matrices (engine/inspect), for scripts and for the lenses.
#include <algorithm>
#include <utility>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/inspect/switches.h"
#include "engine/training/trainer_impl.h"

namespace descent::training {
core::Result<std::vector<float>> Trainer::Impl::image_of(const Trainer::Digit& digit) const {
  if (digit.test_index < 0) {
    if (core::Status status = check_images(digit.image, "image"); !status.ok()) return status.error();
    if (static_cast<std::int64_t>(digit.image.size()) == network->input_size()) return digit.image;
    return core::Error{"image: give one image"};
  }
  if (!split) return core::Error{"there is no data set yet"};
  const std::int64_t count = split->test.size();
  if (digit.test_index >= count)
    return core::Error{core::fill("there is no test image {}; the test set has {}, counted from 0", digit.test_index,
                                  core::grouped(count))};
  std::vector<float> image(split->test.image_size());
  data::read_image(split->test, layout, digit.test_index, image);
  return image;
}

core::Result<inspect::Pass> Trainer::Impl::pass_of(const Trainer::Digit& digit) const {
  auto image = image_of(digit);
  if (!image.ok()) return image.error();
  int label = -1;
  if (digit.label) {
    const auto named = class_of(*digit.label);
    if (!named.ok()) return named.error();
    label = *named;
  } else if (digit.test_index >= 0) {
    label = split->test.labels[static_cast<std::size_t>(digit.test_index)];
  }
  return inspect::make_pass(*network, *image, label);
}

core::Result<WeightStudy> Trainer::Impl::study_weight(const inspect::Pass& pass, const WeightPlace& place,
                                                      bool at_once) {
  auto terms = inspect::weight(*network, pass, twin, place.parameter, place.index);
  if (!terms.ok()) return terms.error();
  WeightStudy found;
  static_cast<inspect::WeightTerms&>(found) = std::move(terms).value();
  std::size_t at = 0;
  for (const nn::ParameterInfo& info : network->parameter_infos()) {
    if (info.name != place.parameter) continue;
    at = static_cast<std::size_t>(network->arena_index(info, place.index));
    found.element.resize(info.shape.size());
    std::int64_t rest = place.index;
    for (std::size_t d = info.shape.size(); d-- > 0; rest /= info.shape[d]) found.element[d] = rest % info.shape[d];
  }
  if (!update.applied()) return found;
  found.stepped = true;
  const std::span<const float> weights = std::as_const(*network).parameters();
  found.batch_gradient = static_cast<double>(std::as_const(*network).gradients()[at]);
  found.step = static_cast<double>(weights[at]) - static_cast<double>(update.previous()[at]);
  for (const auto& memory : optimizer->state()) {
    if (!memory.per_parameter) continue;
    // A method may remember several numbers of each weight, one array after the other.
    for (std::size_t i = at; i < memory.values.size(); i += weights.size())
      found.memory.push_back(
          {i == at ? std::string(memory.name) : core::fill("{} {}", memory.name, i / weights.size() + 1),
           static_cast<double>(memory.values[i])});
  }
  const auto index = static_cast<std::int64_t>(at);
  if (newest_batch.size() > kMostBatchImages) return found;
  if (at_once) study_batch(index);
  if (batch_studied(index))
    found.batch = batch_study.found;
  else
    batch_due = index;
  return found;
}

bool Trainer::Impl::batch_studied(std::int64_t at) const {
  return batch_study.run == number && batch_study.step == step && batch_study.at == at;
}

// The weights go back to where the step found them, and come back as they were, to the bit.
void Trainer::Impl::study_batch(std::int64_t at) {
  if (batch_studied(at)) return;
  const std::size_t n = newest_batch.size();
  batch_study = {.run = number, .step = step, .at = at, .found = {.images = newest_batch}};
  BatchImages& found = batch_study.found;
  std::vector<float> seen(n * static_cast<std::size_t>(network->input_size()));
  found.labels.resize(n);
  data::gather(split->train, layout, found.images, seen, found.labels);
  const std::span<float> weights = network->parameters();
  const std::vector<float> present(weights.begin(), weights.end());
  std::copy(update.previous().begin(), update.previous().end(), weights.begin());
  found.gradients = inspect::image_gradients(*network, seen, found.labels, at, *pool);
  std::copy(present.begin(), present.end(), weights.begin());
  found.pixels = data::to_bytes(seen);
}

// A pinned weight is shown at once, the images of the batch a round later, unless the run has changed meanwhile; while
// training they come with the next refresh.
void Trainer::Impl::go_on_with_batch() {
  if (batch_due < 0 || active()) return;
  const std::int64_t at = std::exchange(batch_due, -1);
  if (!inspection.weight || views_stale || views_step != step) return;
  study_batch(at);
  inspection.weight->batch = batch_study.found;
  ++inspection.version;
}

void Trainer::Impl::refresh_ink(const inspect::Pass& pass) {
  const auto pixel = static_cast<std::size_t>(wish.pixel);
  if (wish.ink == 0 || pixel >= pass.trace.image.size()) return;
  std::vector<float> image = pass.trace.image;
  image[pixel] += static_cast<float>(wish.ink);
  const nn::Trace<float> trace = network->trace(image);
  inspection.ink =
      AddedInk{wish.pixel, wish.ink, trace.outputs.back(), inspect::switches(*network, pass.trace, trace, 0)};
}

core::Result<Trainer::Impl::RankStudy> Trainer::Impl::start_study(std::string_view parameter,
                                                                  std::int64_t images_wanted) const {
  if (!split) return core::Error{"there is no test set yet; load a data set first"};
  const std::int64_t count = split->test.size();
  if (images_wanted > count)
    return core::Error{core::fill("images is {}; the test set has {}", images_wanted, core::grouped(count))};
  auto ranks = inspect::Ranks::start(*network, parameter, std::shared_ptr<const data::Dataset>(split, &split->test),
                                     layout, images_wanted == 0 ? count : images_wanted);
  if (!ranks.ok()) return ranks.error();
  RankView view{.parameter = std::string(parameter), .step = step, .images = ranks->images()};
  return RankStudy{std::move(ranks).value(), std::move(view), number, {}};
}

void Trainer::Impl::end_study(const std::string& why) {
  if (!study) return;
  const Trainer::RanksDone done = std::move(study->done);
  study.reset();
  matrices.ranks.reset();
  done(core::Error{why});
}

void Trainer::Impl::go_on_studying() {
  if (!study || study->ranks.advance(*pool, study_slice())) return;
  const Trainer::RanksDone done = std::move(study->done);
  inspect::RankCurve curve = study->ranks.curve();
  show_study();
  study.reset();
  done(std::move(curve));
}

// show_study() puts the study where the page sees it; a study of another run's weights is not shown.
void Trainer::Impl::show_study() {
  if (std::exchange(ranks_run, number) != number) matrices.ranks.reset();
  if (!study || study->run != number) return;
  RankView& view = matrices.ranks.emplace(study->view);
  view.images_done = study->ranks.images_done();
  view.under_way = view.images_done < view.images;
  if (view.images_done > 0) view.curve = study->ranks.curve();
}

core::Result<inspect::Explanation> Trainer::explain(const Digit& digit) const {
  const auto pass = impl_->pass_of(digit);
  if (!pass.ok()) return pass.error();
  return inspect::explain(*impl_->network, *pass);
}

core::Result<WeightStudy> Trainer::weight(const Digit& digit, const WeightPlace& place) {
  const auto pass = impl_->pass_of(digit);
  if (!pass.ok()) return pass.error();
  return impl_->study_weight(*pass, place, true);
}

core::Result<inspect::UnitTerms> Trainer::unit(const Digit& digit, const UnitPlace& place) const {
  const auto pass = impl_->pass_of(digit);
  if (!pass.ok()) return pass.error();
  return inspect::unit(*impl_->network, *pass, place.layer, place.position);
}

core::Result<inspect::Jacobian> Trainer::jacobian(const Digit& digit) const {
  const auto pass = impl_->pass_of(digit);
  if (!pass.ok()) return pass.error();
  return inspect::jacobian(*impl_->network, *pass);
}

core::Result<std::vector<inspect::Spectrum>> Trainer::spectrum(std::string_view parameter) const {
  return inspect::spectrum(*impl_->network, parameter);
}

void Trainer::ranks(std::string_view parameter, std::int64_t images, RanksDone done) {
  impl_->end_study("another call of ranks took its place");
  auto study = impl_->start_study(parameter, images);
  if (!study.ok()) {
    impl_->show_study();  // forgets another run's, not this sentence
    impl_->matrices.ranks = RankView{.parameter = std::string(parameter), .refusal = study.message()};
    return done(study.error());
  }
  study->done = std::move(done);
  impl_->study.emplace(std::move(study).value());
}

}  // namespace descent::training
