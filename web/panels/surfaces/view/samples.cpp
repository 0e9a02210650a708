// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/view/samples.h"

#include <utility>

#include "web/model/geometry/view_math.h"

namespace descent::web {
namespace {

// surface_key() says which surface or formula. Parameters apart: while a slider moves, the same formula's heights of a
// frame ago are better than nothing; a saved picture waits for those of its own parameters (field_is_exact).
std::string surface_key(const surfaces::SurfaceChoice& choice) {
  return choice.surface + "\n" + choice.expression.text();
}

}  // namespace

bool SurfaceFeed::FieldKey::equals(const FieldKey& other) const {
  const auto same = [](const surfaces::Domain& a, const surfaces::Domain& b) {
    return a.x0 == b.x0 && a.x1 == b.x1 && a.y0 == b.y0 && a.y1 == b.y1;
  };
  return config_version == other.config_version && same(view, other.view) && width == other.width &&
         height == other.height && same(core, other.core);
}

bool SurfaceFeed::is_answer(const std::optional<FieldKey>& asked, const std::optional<FieldKey>& came,
                            const PanelContext& context) {
  return asked && came && came->equals(*asked) && came->config_version == context.race.config_version;
}

void SurfaceFeed::want_field(PanelContext& context, const surfaces::Domain& view, int width, int height,
                             const surfaces::Domain& core) {
  const FieldKey key{context.race.config_version, view, width, height, core};
  if (asked_ && asked_->equals(key)) return;
  if (inbox_->field_under_way || width < 2 || height < 2) return;
  asked_ = key;
  inbox_->field_under_way = true;
  render::Renderer* renderer = &context.render;
  const auto answer = [inbox = inbox_, renderer, core](race::HeightField&& field,
                                                       const surfaces::SurfaceChoice& surface) {
    inbox->field = FieldKey{field.config_version, field.view, field.width, field.height, core};
    renderer->set_field(std::move(field));
    inbox->field_surface = surface_key(surface);
    inbox->field_under_way = false;
  };
  context.questions.heights(view, width, height, core, scale_surroundings(core), answer);
}

bool SurfaceFeed::field_is_current(const PanelContext& context) const {
  return context.render.field() != nullptr && inbox_->field_surface == surface_key(context.race.config);
}

bool SurfaceFeed::field_is_exact(const PanelContext& context) const {
  return field_is_current(context) && is_answer(asked_, inbox_->field, context);
}

void SurfaceFeed::want_gradients(PanelContext& context, const ArrowGrid& grid) {
  const FieldKey key{context.race.config_version, grid.view, grid.width, grid.height};
  if ((asked_gradients_ && asked_gradients_->equals(key)) || inbox_->gradients_under_way) return;
  asked_gradients_ = key;
  inbox_->gradients_under_way = true;
  render::Renderer* renderer = &context.render;
  const auto answer = [inbox = inbox_, renderer](race::GradientField&& field, const surfaces::SurfaceChoice& surface) {
    inbox->gradients = FieldKey{field.config_version, field.view, field.width, field.height};
    renderer->set_gradients(std::move(field));
    inbox->gradients_surface = surface_key(surface);
    inbox->gradients_under_way = false;
  };
  context.questions.gradients(grid.view, grid.width, grid.height, answer);
}

bool SurfaceFeed::gradients_are_current(const PanelContext& context) const {
  return inbox_->gradients_surface == surface_key(context.race.config);
}

bool SurfaceFeed::gradients_are_exact(const PanelContext& context) const {
  return gradients_are_current(context) && is_answer(asked_gradients_, inbox_->gradients, context);
}

void SurfaceFeed::want_probe(PanelContext& context, surfaces::Point point) {
  if (inbox_->probe_under_way) return;
  if (inbox_->probe && probed_ == point && probed_version_ == context.race.config_version) return;
  probed_ = point;
  probed_version_ = context.race.config_version;
  inbox_->probe_under_way = true;
  const auto answer = [inbox = inbox_, point](surfaces::LocalModel&& model, const surfaces::SurfaceChoice& surface) {
    inbox->probe = Probe{point, std::move(model)};
    inbox->probe_surface = surface_key(surface);
    inbox->probe_under_way = false;
  };
  context.questions.local_model(point, answer);
}

std::optional<SurfaceFeed::Probe> SurfaceFeed::probe(const PanelContext& context) const {
  if (inbox_->probe_surface != surface_key(context.race.config)) return {};
  return inbox_->probe;
}

}  // namespace descent::web
