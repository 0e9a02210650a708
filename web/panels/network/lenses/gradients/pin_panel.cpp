// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/gradients/pin_panel.h"

#include <imgui.h>

#include "engine/core/fill.h"
#include "engine/data/dataset.h"
#include "web/model/network/inspected.h"
#include "web/model/words/pixel_words.h"
#include "web/model/words/unit_words.h"
#include "web/model/words/weight_words.h"
#include "web/panels/network/texts.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

// arrived() says whether what is pinned has arrived; while it is under way, what was pinned before stays, under its own
// title.
bool arrived(const training::Inspection& seen, PinKind kind) {
  switch (kind) {
    case PinKind::unit:
      return seen.unit && has_layer(seen, seen.unit_place.layer);
    case PinKind::weight:
      return seen.weight.has_value();
    default:
      return seen.jacobian && seen.jacobian->pixels == data::kDigitSize * data::kDigitSize;
  }
}

}  // namespace

bool PinPanel::wanted(const NetworkPin& pin) {
  return pin.kind == PinKind::unit || pin.kind == PinKind::weight || pin.kind == PinKind::pixel;
}

std::string PinPanel::title(const PanelContext& context) const {
  const training::Inspection& seen = context.trainer.inspection;
  const NetworkPin& pin = context.ui.lens.pin;
  if (!arrived(seen, pin.kind)) return "Pinned";
  if (pin.kind == PinKind::unit) return unit_title(seen);
  if (pin.kind == PinKind::weight) return weight_title(seen);
  return pixel_title(seen, static_cast<std::size_t>(pin.position[0] * data::kDigitSize + pin.position[1]));
}

void PinPanel::draw_head(PanelContext& context) {
  NetworkPin& pin = context.ui.lens.pin;
  const float button = widgets::control_height(), gap = widgets::kGrid;
  const bool back = from_.kind == PinKind::unit && pin == reached_;
  const float room = ImGui::GetContentRegionAvail().x - (back ? 2 : 1) * (button + gap);
  const std::string text = title(context);
  const widgets::Item item = widgets::place_item("pinned", ImVec2(room, button), "text", {}, text);
  widgets::tooltip(text);
  widgets::push_font(widgets::Font::strong);
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(item.box.Min.x, item.box.GetCenter().y), item.box.Max.x,
                     widgets::palette().text, text);
  widgets::pop_font();
  if (back) {
    ImGui::SameLine(0, gap);
    if (widgets::icon_button("Back to the unit", widgets::Icon::back, "Back to the unit that this weight is part of."))
      pin = from_;
  }
  ImGui::SameLine(0, gap);
  if (widgets::icon_button("Unpin", widgets::Icon::close, "Let go of what is pinned. Key: Escape.")) pin = {};
}

void PinPanel::draw(PanelContext& context, float width, float height) {
  ImGui::BeginChild("pin", ImVec2(width, height), ImGuiChildFlags_None, ImGuiWindowFlags_NavFlattened);
  const NetworkPin shown = context.ui.lens.pin;  // the head may let go of it
  const training::Inspection& seen = context.trainer.inspection;
  draw_head(context);
  if (!arrived(seen, shown.kind)) {
    hint(seen.pin_refusal.empty() ? "On its way." : core::fill("Nothing to see: {}.", seen.pin_refusal));
  } else if (shown.kind == PinKind::unit) {
    if (const auto pressed = unit_.draw(context)) {
      from_ = shown;
      reached_ = {.kind = PinKind::weight, .parameter = seen.unit_parameter, .index = *pressed};
      context.ui.lens.pin = reached_;
    }
  } else if (shown.kind == PinKind::weight) {
    draw_weight_part(context);
  } else {
    draw_pixel_part(context);
  }
  ImGui::EndChild();
}

}  // namespace descent::web
