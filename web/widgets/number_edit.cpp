// SPDX-License-Identifier: MIT
// The text is read when it is confirmed with Enter or left with another click; Escape gives the old number back.
#include "web/widgets/number_edit.h"

#include "engine/core/fill.h"
#include "engine/core/param_spec.h"
#include "engine/core/read_number.h"
#include "web/state/toast.h"
#include "web/widgets/text_entry.h"

namespace descent::web::widgets {
namespace {

std::optional<double> parse(std::string_view label, std::string_view typed) {
  const std::optional<double> value = core::read_number(typed);
  if (!value) toast(core::fill("{}: “{}” is not a number.", label, typed), true);
  return value;
}

}  // namespace

void edit_number(const std::string& name) {
  const ImGuiID id = ImGui::GetCurrentWindow()->GetID(("##" + name).c_str());
  ImGuiContext& context = *ImGui::GetCurrentContext();
  context.NavNextActivateId = id;
  context.NavNextActivateFlags = ImGuiActivateFlags_PreferInput;
}

NumberItem submit_number(const std::string& name, ImVec2 size, double value) {
  const std::string label = "##" + name;  // the name is no text of its own
  const std::string_view shown = std::string_view(name).substr(0, name.find("##"));
  NumberItem result;
  result.item = submit_item(label, size, "field", value, {}, text_entry_flags());
  const TextEntry entry = text_entry(result.item, {.label = shown, .text = core::format_number(value), .number = true});
  result.editing = entry.open;
  if (entry.typed && entry.typed->left && !entry.typed->dropped && entry.typed->changed)
    result.typed = parse(shown, entry.typed->text);
  return result;
}

}  // namespace descent::web::widgets
