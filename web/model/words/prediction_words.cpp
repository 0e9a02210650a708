// SPDX-License-Identifier: MIT
#include "web/model/words/prediction_words.h"

#include <cmath>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "web/model/words/number_format.h"

namespace descent::web {
namespace {

std::int64_t images_with(const inspect::Confusion& confusion, int label) {
  std::int64_t sum = 0;
  for (int answer = 0; answer < confusion.classes; ++answer) sum += confusion.count(label, answer);
  return sum;
}

}  // namespace

std::string answers_caption(const training::AnswerView& view) {
  return core::fill("All {} test images, with the weights of step {}.",
                    core::grouped(static_cast<std::int64_t>(view.table.images())), core::grouped(view.step));
}

std::string cell_sentence(const inspect::Confusion& confusion, std::span<const std::int32_t> class_labels, int label,
                          int answer) {
  const std::int64_t all = images_with(confusion, label), count = confusion.count(label, answer);
  const std::string share = all > 0 ? percent(static_cast<double>(count) / static_cast<double>(all), 1) : "0 %";
  return core::fill("Label {}, read as {}: {} of {} images, {}.", class_labels[static_cast<std::size_t>(label)],
                    class_labels[static_cast<std::size_t>(answer)], core::grouped(count), core::grouped(all), share);
}

std::string information_sentence(const inspect::Confusion& confusion) {
  const auto images = static_cast<std::int64_t>(confusion.answered.size());
  const auto wrong = static_cast<std::int64_t>(confusion.costliest.size());
  return core::fill("{} of {} are right. The answer tells {} bits of the label, of at most {}.",
                    core::grouped(images - wrong), core::grouped(images),
                    core::short_number(confusion.mutual_information),
                    core::short_number(std::log2(static_cast<double>(confusion.classes))));
}

std::string calibration_sentence(const inspect::Calibration& calibration) {
  return core::fill(
      "What the network calls its probability is off by {} on average (expected calibration error). Loss {}.",
      percent(calibration.all.ece, 2), core::short_number(calibration.all.nll));
}

std::string temperature_sentence(const inspect::Calibration& calibration) {
  return core::fill(
      "Half of the images choose the temperature {}; on the other half it takes the error from {} to {} and the loss "
      "from {} to {}. No answer changes.",
      core::short_number(calibration.fitted_temperature), percent(calibration.judged.ece, 2),
      percent(calibration.fitted.ece, 2), core::short_number(calibration.judged.nll),
      core::short_number(calibration.fitted.nll));
}

}  // namespace descent::web
