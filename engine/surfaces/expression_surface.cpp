// SPDX-License-Identifier: MIT
// A typed formula as a surface, see expression_surface.h.
#include "engine/surfaces/expression_surface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/autodiff/kinks.h"
#include "engine/autodiff/tape.h"
#include "engine/core/check.h"
#include "engine/core/fill.h"
#include "engine/surfaces/sampling.h"

namespace descent::surfaces {
namespace {

core::Status check_domain(const Domain& d) {
  const auto usable = [](double low, double high) {
    return low < high && std::abs(low) <= kMaxExpressionDomain && std::abs(high) <= kMaxExpressionDomain;
  };
  if (usable(d.x0, d.x1) && usable(d.y0, d.y1)) return {};
  return core::Error{core::fill(
      "the domain [{}, {}, {}, {}] is none; "
      "it must be [x0, x1, y0, y1] with x0 < x1, y0 < y1, all between -1e+06 and 1e+06",
      core::format_number(d.x0), core::format_number(d.x1), core::format_number(d.y0), core::format_number(d.y1))};
}

std::string lesson_for(const autodiff::Expression& expression) {
  std::string lesson = "Your own formula. Gradient and Hessian follow from it exactly, without differences.";
  for (const std::string& note : expression.notes()) lesson += core::fill(" {}.", note);
  return lesson;
}

std::string kinks_for(const autodiff::Expression& expression, std::span<const double> parameters) {
  std::string text;
  for (const autodiff::Kink& kink : autodiff::kinks_of(expression, parameters))
    text += (text.empty() ? "" : " ") + kink.sentence;
  return text;
}

}  // namespace

// The views in `info` look into the other members.
struct ExpressionSurface::Description {
  // Contract: the formula is not refused.
  Description(TypedFormula typed, std::span<const double> parameters)
      : source(std::move(typed)),
        expression(*source.parsed()),
        formula(core::fill("f = {}", expression.reads_otherwise() ? expression.reading() : expression.text())),
        lesson(lesson_for(expression)),
        kinks(kinks_for(expression, parameters)) {
    info.name = kExpressionName;
    info.title = "Your formula";
    info.formula = formula;
    info.reference = "typed here";
    info.lesson = lesson;
    info.smooth = autodiff::kinks_of(expression, parameters).empty();
    info.kinks = kinks;
    info.parameters = source.parameters();
    info.expression = expression.text();
    if (expression.reads_otherwise()) info.reading = expression.reading();
  }
  Description(const Description&) = delete;
  Description& operator=(const Description&) = delete;

  TypedFormula source;
  const autodiff::Expression& expression;  // part of `source`
  std::string formula;
  std::string lesson;
  std::string kinks;
  SurfaceInfo info;
};

core::Result<std::unique_ptr<Surface>> ExpressionSurface::make(const SurfaceChoice& choice) {
  DESCENT_ASSERT(choice.is_expression());
  const core::Result<autodiff::Expression>& parsed = choice.expression.parsed();
  if (!parsed.ok()) return core::Error{core::fill("expression: {}", parsed.message()), parsed.error().column};
  if (core::Status status = check_domain(choice.domain); !status.ok()) return status.error();
  const std::span<const core::ParamSpec> specs = choice.expression.parameters();
  const std::vector<double> values = choice.parameters.empty() ? core::default_values(specs) : choice.parameters;
  if (values.size() != specs.size())
    return core::Error{
        core::fill("expression: the number of parameter values is {}; it must be {}", values.size(), specs.size())};
  if (core::Status status = core::check_params(kExpressionName, specs, values); !status.ok()) return status.error();
  auto description = std::make_shared<Description>(choice.expression, values);
  description->info.domain = choice.domain;
  std::unique_ptr<ExpressionSurface> surface(new ExpressionSurface(description, values));
  description->info.start = telling_start(*surface, choice.domain);
  description->info.log_colours = spans_magnitudes(*surface, choice.domain);
  return std::unique_ptr<Surface>(std::move(surface));
}

ExpressionSurface::ExpressionSurface(std::shared_ptr<const Description> description, std::span<const double> parameters)
    : description_(std::move(description)),
      parameters_(parameters.begin(), parameters.end()),
      program_(description_->expression, parameters) {}

const SurfaceInfo& ExpressionSurface::info() const {
  return description_->info;
}

std::shared_ptr<const SurfaceInfo> ExpressionSurface::shared_info() const {
  return {description_, &description_->info};
}

std::unique_ptr<Surface> ExpressionSurface::with_parameters(std::span<const double> parameters) const {
  DESCENT_ASSERT(parameters.size() == description_->info.parameters.size());
  return std::unique_ptr<Surface>(new ExpressionSurface(description_, parameters));
}

std::string ExpressionSurface::kinks_at(Point point) const {
  const autodiff::Expression& expression = description_->expression;
  std::vector<double> values;
  for (const autodiff::GraphNode& node : autodiff::make_graph(expression, parameters_, point).nodes)
    values.push_back(node.value);
  if (std::isnan(values.back())) return {};
  std::string text;
  for (const autodiff::Kink& kink : autodiff::kinks_of(expression, parameters_))
    if (autodiff::at_kink(kink, expression, values)) text += (text.empty() ? "" : " ") + kink.sentence;
  return text;
}

double ExpressionSurface::evaluate(std::span<const double> x, std::span<double> gradient) const {
  DESCENT_ASSERT(x.size() == 2 && (gradient.empty() || gradient.size() == 2));
  if (gradient.empty()) return program_.evaluate(x[0], x[1]);
  double f = 0;
  program_.evaluate_many(x.first(1), x.last(1), {&f, 1}, gradient.first(1), gradient.last(1));
  return f;
}

double ExpressionSurface::evaluate_hessian(std::span<const double> x, std::span<double> gradient,
                                           std::span<double> hessian) const {
  DESCENT_ASSERT(x.size() == 2 && gradient.size() == 2 && hessian.size() == 4);
  using Scalar = autodiff::HyperDual<2>;
  const Scalar f = program_.expand(x[0], x[1]);
  gradient[0] = f.gradient[0];
  gradient[1] = f.gradient[1];
  hessian[0] = f.hessian[Scalar::pair(0, 0)];
  hessian[1] = hessian[2] = f.hessian[Scalar::pair(0, 1)];
  hessian[3] = f.hessian[Scalar::pair(1, 1)];
  if (std::isnan(f.value)) {
    std::fill(gradient.begin(), gradient.end(), f.value);
    std::fill(hessian.begin(), hessian.end(), f.value);
  }
  return f.value;
}

void ExpressionSurface::evaluate_many(std::span<const double> x, std::span<const double> y, std::span<double> f,
                                      std::span<double> fx, std::span<double> fy) const {
  program_.evaluate_many(x, y, f, fx, fy);
}

}  // namespace descent::surfaces
