// SPDX-License-Identifier: MIT
#include "engine/words/run_words.h"

#include <cmath>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"

namespace descent::words {
namespace {

using core::fill;
using core::grouped;
using core::short_number;
using race::Diagnosis;
using race::DivergenceReport;
using race::RateAndBound;

std::string point_text(surfaces::Point p) {
  return fill("({}, {})", short_number(p[0]), short_number(p[1]));
}

std::string what_broke(const DivergenceReport& report) {
  const std::string where = point_text(report.failed);
  if (report.breakdown == race::Breakdown::point) return "the step is not a finite number";
  if (report.breakdown == race::Breakdown::value) return fill("the value or gradient at {} is not finite", where);
  return fill("the point {} is more than {} from the origin", where, short_number(report.far_limit));
}

std::string excess_text(const race::RateExcess& excess) {
  const RateAndBound& rate = excess.rate;
  const std::string learning_rate = short_number(rate.learning_rate), bound = short_number(rate.bound);
  const std::string step = grouped(excess.step);
  if (excess.lasting)
    return fill("learning rate {} is above {} = {} since step {}", learning_rate, rate.formula, bound, step);
  return fill("learning rate {} was above {} = {} at step {}", learning_rate, rate.formula, bound, step);
}

Statement left_domain(const DivergenceReport& report) {
  const std::string where = point_text(report.failed), rate = short_number(report.learning_rate);
  std::string reasons;
  if (report.bottomless)
    reasons = fill(
        "f is not defined at {}; it falls all the way to that edge, and a smaller rate only gets there later "
        "(learning rate {})",
        where, rate);
  else if (report.excess.step > 0)
    reasons = fill("f is not defined at {}; {}", where, excess_text(report.excess));
  else
    reasons = fill("f is not defined at {} (learning rate {})", where, rate);
  return {fill("left the domain of the formula at step {}", grouped(report.step)), reasons};
}

Statement divergence(const DivergenceReport& report) {
  if (report.left_domain) return left_domain(report);
  if (report.bottomless)
    return {fill("falls for ever, and is out of reach at step {}", grouped(report.step)),
            fill("the loss fell to {} on the way out; the surface has no minimum in that direction, and no learning "
                 "rate is to blame",
                 short_number(report.last_loss))};
  return {fill("diverged at step {}", grouped(report.step)),
          report.excess.step > 0
              ? excess_text(report.excess)
              : fill("{} (learning rate {})", what_broke(report), short_number(report.learning_rate))};
}

std::string rate_text(const RateAndBound& rate) {
  const std::string learning_rate = short_number(rate.learning_rate);
  if (std::isnan(rate.bound)) return fill("learning rate {}", learning_rate);
  return fill("learning rate {}, {} = {}", learning_rate, rate.formula, short_number(rate.bound));
}

// Says round which minimum a run goes; `otherwise` is said of one that swings anywhere else.
Statement going_round(const Diagnosis& diagnosis, std::string_view otherwise, std::string reasons) {
  const std::string since = grouped(diagnosis.since_step);
  const race::AroundMinimum& around = diagnosis.around;
  if (!around.known) return {fill("{} since step {}", otherwise, since), std::move(reasons)};
  reasons = fill("its steps do not get shorter; {}", reasons);
  if (around.lower_known())
    return {
        fill("circles in a local minimum, {} above the best, since step {}", short_number(around.above_best), since),
        std::move(reasons)};
  return {fill("circles at a minimum, {} above it, since step {}", short_number(around.above), since),
          std::move(reasons)};
}

Statement finding(const Diagnosis&, std::monostate) {
  return {};
}

Statement finding(const Diagnosis&, const DivergenceReport& report) {
  return divergence(report);
}

// The length of steps that grow says little, as the next one is longer.
Statement finding(const Diagnosis& diagnosis, const race::Turning& turning) {
  const std::string length = turning.growing ? fill("{} times as long as the one before", short_number(turning.growth))
                                             : fill("{} long", short_number(turning.step_length));
  return going_round(diagnosis, "oscillates",
                     fill("every step turns round along the curvature {} and is {} ({})",
                          short_number(turning.curvature), length, rate_text(turning.rate)));
}

Statement finding(const Diagnosis& diagnosis, const race::Circling& circling) {
  return going_round(
      diagnosis, "circles",
      fill("a path of length {} led only {} away, and the loss stays near {} ({})", short_number(circling.way),
           short_number(circling.forward), short_number(circling.loss), rate_text(circling.rate)));
}

Statement finding(const Diagnosis& diagnosis, const race::Plateau& plateau) {
  return {fill("stalls since step {}", grouped(diagnosis.since_step)),
          fill("gradient norm {}, at which the way down to {} would be {} long; the last {} steps gained {} "
               "(learning rate {})",
               short_number(plateau.gradient_norm), short_number(plateau.lowest), short_number(plateau.way_down),
               grouped(plateau.steps), short_number(plateau.gain), short_number(plateau.learning_rate))};
}

Statement finding(const Diagnosis& diagnosis, const race::NearSaddle& saddle) {
  const std::string_view place = saddle.maximum ? "a maximum" : "a saddle point";
  const std::string since = diagnosis.lasting ? fill(" since step {}", grouped(diagnosis.since_step)) : "";
  const std::string_view does = saddle.converged ? "has converged to" : (diagnosis.lasting ? "stays at" : "approaches");
  return {fill("{} {}{}", does, place, since),
          fill("gradient norm {}, but the curvature is {} along {}, and lower points lie on both sides",
               short_number(saddle.gradient_norm), short_number(saddle.curvature), point_text(saddle.direction))};
}

Statement ending(const std::string&, std::monostate) {
  return {};
}

Statement ending(const std::string& step, const race::Converged& converged) {
  const std::string norm = short_number(converged.gradient_norm);
  if (!std::isfinite(converged.curvature))
    return {fill("converged at step {}", step), fill("gradient norm {}, at a kink, where the slope is a choice", norm)};
  if (converged.curvature < 0)
    return {fill("converged at step {} to a saddle point or maximum", step),
            fill("gradient norm {}, smallest curvature {}", norm, short_number(converged.curvature))};
  if (converged.above_best > 0)
    return {fill("local minimum, {} above the best", short_number(converged.above_best)),
            fill("converged at step {}, gradient norm {}", step, norm)};
  return {fill("converged at step {}", step), fill("gradient norm {}", norm)};
}

Statement stopped(const std::string& step, std::string why) {
  return {fill("stopped at step {}", step), std::move(why)};
}

Statement ending(const std::string& step, const race::StepFailed& failed) {
  return stopped(step, fill("{} (gradient norm {})", failed.note.text(), short_number(failed.gradient_norm)));
}

Statement ending(const std::string& step, const race::BudgetUsed& used) {
  return stopped(step, fill("budget of {} gradient evaluations used", grouped(used.gradient_evaluations)));
}

Statement ending(const std::string& step, const race::ScheduleOver& over) {
  return stopped(step, fill("schedule over, rate 0; it was laid out for {} steps", grouped(over.steps)));
}

Statement ending(const std::string& step, const race::RecordFull& full) {
  const std::string most = grouped(full.steps);
  return stopped(
      step, full.shared ? fill("a run keeps at most {} steps beside so many others; reset it or go back to go on", most)
                        : fill("a run keeps at most {} steps; reset it or go back to go on", most));
}

Statement ending(const std::string& step, const race::MemoryFull&) {
  return stopped(step, "the page has no memory for a longer record; reset it or go back to go on");
}

Statement ending(const std::string&, const DivergenceReport& report) {
  return divergence(report);
}

Statement ending(const std::string& step, const Diagnosis& diagnosis) {
  return {fill("frozen at step {}", step), statement(diagnosis).text()};
}

// When it arrived, and what has become of it since or keeps it moving there.
Statement arrival(const race::RunnerSnapshot& run) {
  const std::string arrived = fill("arrived after {} steps", grouped(run.arrival.step));
  const bool troubled = run.diagnosis.kind != race::DiagnosisKind::none;
  if (run.end.ended() || troubled) {
    Statement then = run.end.ended() ? statement(run.end) : statement(run.diagnosis);
    then.what = fill("{}, {}", arrived, then.what);
    return then;
  }
  if (run.arrival.noise > 0)
    return {arrived, fill("the noise of its gradients, {}, keeps it moving", short_number(run.arrival.noise))};
  if (run.arrival.circles_since > 0)
    return {arrived, fill("circles at the minimum since step {}, as steps at a rate of {} do not get shorter",
                          grouped(run.arrival.circles_since), short_number(run.learning_rate))};
  return {arrived, {}};
}

}  // namespace

std::string Statement::text() const {
  return reasons.empty() ? what : fill("{}: {}", what, reasons);
}

Statement statement(const race::RunEnd& end) {
  return std::visit([step = grouped(end.step)](const auto& reason) { return ending(step, reason); }, end.reason);
}

Statement statement(const Diagnosis& diagnosis) {
  return std::visit([&diagnosis](const auto& facts) { return finding(diagnosis, facts); }, diagnosis.facts);
}

Statement statement(const optim::StepNote& note) {
  return {std::string(note.what()), std::string(note.why())};
}

Statement statement(const race::RunnerSnapshot& run) {
  if (run.arrival.arrived()) return arrival(run);
  if (run.end.ended()) return statement(run.end);
  if (run.diagnosis.kind != race::DiagnosisKind::none) return statement(run.diagnosis);
  return statement(run.note);
}

std::string reason_text(const race::DescentResult& result) {
  if (result.status == race::RunStatus::diverged) return divergence(result.divergence).text();
  const std::string norm = short_number(result.gradient_norm), step = grouped(result.steps);
  if (result.status == race::RunStatus::converged) return fill("converged: gradient norm {} at step {}", norm, step);
  if (result.still_since == 0)
    return fill("stopped after the steps asked for: gradient norm {} at step {}", norm, step);
  const std::string_view why =
      result.note.empty() ? "its steps are below the rounding of its coordinates" : result.note.text();
  return fill("stopped after the steps asked for: gradient norm {} at step {}. It stands still since step {}: {}", norm,
              step, grouped(result.still_since), why);
}

}  // namespace descent::words
