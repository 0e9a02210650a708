// SPDX-License-Identifier: MIT
// Surface: a 2-D loss surface with exact value, gradient and Hessian, and what a visitor should know of it: formula,
// reference, domain worth showing, a telling start, known minima. The formula is written once, as a template over the
// scalar (double, first-order dual, second-order hyper-dual); see formula_surface.h. One more surface is one file and
// one line in catalog.cpp. A surface may also be a typed formula (the choice "expression"); what is known of it lives
// as long as the surface or a handle from shared_info().
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/objective.h"
#include "engine/core/param_spec.h"
#include "engine/core/result.h"
#include "engine/surfaces/typed_formula.h"

namespace descent::surfaces {

using Point = std::array<double, 2>;

struct Domain {
  double x0 = -1, x1 = 1, y0 = -1, y1 = 1;

  friend bool operator==(const Domain&, const Domain&) = default;
};

struct Minimum {
  Point point{};
  double value = 0;
};

struct SurfaceInfo {
  std::string_view name;       // lower snake case: "rosenbrock"
  std::string_view title;      // for people: "Rosenbrock"
  std::string_view formula;    // plain text with Unicode: "f = (1 − x)² + 100 (y − x²)²"
  std::string_view reference;  // where it comes from
  std::string_view lesson;     // one or two sentences: what this surface is good for seeing
  Domain domain;
  Point start{};
  std::span<const core::ParamSpec> parameters;
  bool log_colours = false;  // the range spans orders of magnitude: colour and contour by log(f − min + 1)-like scaling
  bool smooth = true;        // differentiable wherever it is defined
  std::string_view kinks = {};  // where f is not differentiable and what stands for its derivatives there; else empty
  // The same formula in the grammar of engine/autodiff/expression.h, parameters by their names; empty where it has
  // none.
  std::string_view expression = {};
  // `reading` says how a typed formula that is not taken as it stands was understood, in the same grammar; else empty.
  std::string_view reading = {};
};

class Surface : public core::Objective {
 public:
  [[nodiscard]] virtual const SurfaceInfo& info() const = 0;
  // The same, alive also after the surface is gone.
  [[nodiscard]] virtual std::shared_ptr<const SurfaceInfo> shared_info() const;
  // Known minima (local and global) for the parameters this surface was made with; empty for saddles.
  [[nodiscard]] virtual std::vector<Minimum> minima() const = 0;
  [[nodiscard]] int dim() const override { return 2; }
  [[nodiscard]] bool has_hessian() const override { return true; }

  // kinks_at() says what is not smooth at a point, where value or gradient are finite: sentences, empty where all
  // derivatives exist.
  [[nodiscard]] virtual std::string kinks_at(Point point) const;

  // The same surface with other parameters, in the order of info().parameters and checked by the caller: cheap enough
  // for a run of its own. Its info() may go on describing the one it comes from.
  [[nodiscard]] virtual std::unique_ptr<Surface> with_parameters(std::span<const double> parameters) const;

  // f and ∇f = (fx, fy) at the points (x[i], y[i]). All arrays: (n); fx and fy may both be empty when values are
  // enough. The same bits as evaluate() point by point, and faster: for sweeps and maps.
  virtual void evaluate_many(std::span<const double> x, std::span<const double> y, std::span<double> f,
                             std::span<double> fx, std::span<double> fy) const;
};

struct CatalogEntry {
  const SurfaceInfo* info = nullptr;
  // `parameters` in the order of info->parameters, already checked.
  std::unique_ptr<Surface> (*make)(std::span<const double> parameters) = nullptr;
};

[[nodiscard]] std::span<const CatalogEntry> catalog();
[[nodiscard]] const CatalogEntry* find_surface(std::string_view name);  // nullptr when unknown

// A SurfaceChoice says which surface: an entry of the catalog, or a formula with the rectangle worth showing. The
// formula was parsed where it was typed or read; every surface made from a copy of the choice, on whatever thread,
// shares that.
inline constexpr std::string_view kExpressionName = "expression";
inline constexpr Domain kExpressionDomain{-5, 5, -5, 5};
struct SurfaceChoice {
  std::string surface;                // a catalog name, or kExpressionName
  TypedFormula expression;            // read only with kExpressionName
  Domain domain = kExpressionDomain;  // read only with kExpressionName
  std::vector<double> parameters;     // in the order of the surface's specs; empty means the defaults

  [[nodiscard]] bool is_expression() const { return surface == kExpressionName; }
  friend bool operator==(const SurfaceChoice&, const SurfaceChoice&) = default;
};

// Unknown names are refused with a sentence that lists the known ones; parameter values are checked. No values at all
// means the defaults.
[[nodiscard]] core::Result<std::unique_ptr<Surface>> make_surface(const SurfaceChoice& choice);
[[nodiscard]] core::Result<std::unique_ptr<Surface>> make_surface(std::string_view name,
                                                                  std::span<const double> parameters);

// Second-order data at a point, with the Hessian's eigen-decomposition (eigenvalues ascending, orthonormal columns).
struct LocalModel {
  double value = 0;
  std::array<double, 2> gradient{};
  std::array<double, 4> hessian{};       // (2, 2) row-major
  std::array<double, 2> eigenvalues{};   // ascending
  std::array<double, 4> eigenvectors{};  // (2, 2): eigenvectors[2 * k + i] is component i of the k-th vector
};
[[nodiscard]] LocalModel local_model(const core::Objective& objective, Point point);

}  // namespace descent::surfaces
