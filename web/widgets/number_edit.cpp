// SPDX-License-Identifier: MIT
// Over Dear ImGui's "temporary input": a text field that stands in for an item with the same identity. The text is read
// when it is confirmed with Enter or left with another click; Escape gives the old number back.
#include "web/widgets/number_edit.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "engine/core/param_spec.h"
#include "web/browser.h"
#include "web/ui_items.h"
#include "web/widgets/format.h"
#include "web/widgets/theme.h"
#include "web/widgets/toast.h"

namespace descent::web::widgets {
namespace {

struct Edit {
  ImGuiID id = 0;
  double before = 0;
  std::array<char, 64> text{};
};
Edit g_edit;

// A true minus sign and a decimal comma are understood as well.
std::string plain(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("−")) {
      result += '-';
      i += std::string_view("−").size() - 1;
    } else {
      result += text[i] == ',' ? '.' : text[i];
    }
  }
  return result;
}

std::optional<double> parse(std::string_view label, std::string_view typed) {
  const std::string text = plain(typed);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  while (end != nullptr && *end == ' ') ++end;
  if (text.empty() || end == text.c_str() || *end != 0 || !std::isfinite(value)) {
    toast(std::string(label) + ": “" + std::string(typed) + "” is not a number.", true);
    return {};
  }
  return value;
}

void begin(ImGuiID id, double value) {
  g_edit.id = id;
  g_edit.before = value;
  std::snprintf(g_edit.text.data(), g_edit.text.size(), "%s", core::format_number(value).c_str());
}

std::optional<double> finish(std::string_view name) {
  g_edit.id = 0;
  const std::string_view text = g_edit.text.data();
  if (text == core::format_number(g_edit.before)) return {};
  return parse(name, text);
}

std::optional<double> draw_field(const Item& item, const std::string& label, std::string_view name) {
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(8, (item.box.GetHeight() - ImGui::GetTextLineHeight()) / 2));
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  const bool entered =
      ImGui::TempInputText(item.box, item.id, label.c_str(), g_edit.text.data(), static_cast<int>(g_edit.text.size()),
                           ImGuiInputTextFlags_AutoSelectAll | ImGuiInputTextFlags_EnterReturnsTrue);
  ImGui::SetCursorScreenPos(cursor);
  ImGui::PopStyleVar();
  const Palette& p = palette();
  ImGui::GetWindowDrawList()->AddRect(item.box.Min, item.box.Max, p.accent, kCorner, ImDrawFlags_None, 1.5f);
  const bool left = ImGui::GetActiveID() != item.id;
  return entered || left ? finish(name) : std::nullopt;
}

}  // namespace

void cancel_edit() {
  g_edit.id = 0;
}

void edit_number(const std::string& name) {
  const ImGuiID id = ImGui::GetCurrentWindow()->GetID(("##" + name).c_str());
  ImGuiContext& context = *ImGui::GetCurrentContext();
  context.NavNextActivateId = id;
  context.NavNextActivateFlags = ImGuiActivateFlags_PreferInput;
}

NumberItem submit_number(const std::string& name, ImVec2 size, double value) {
  const std::string label = "##" + name;  // the text field would show it beside itself
  const std::string_view shown = std::string_view(name).substr(0, name.find("##"));
  const bool touch = ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
  const ImGuiID id = ImGui::GetCurrentWindow()->GetID(label.c_str());
  NumberItem result;
  if (g_edit.id == id) {
    result.item = place_item(label, size, "field", value);
  } else {
    const ImGuiButtonFlags flags = touch ? ImGuiButtonFlags_PressedOnClickRelease : ImGuiButtonFlags_PressedOnClick;
    result.item = submit_item(label, size, "field", value, {}, flags);
    if (!result.item.pressed) return result;
    if (touch) {
      const std::optional<std::string> typed = browser::prompt_text(shown, core::format_number(value));
      if (typed) result.typed = parse(shown, *typed);
      return result;
    }
    begin(id, value);
  }
  result.editing = true;
  result.typed = draw_field(result.item, label, shown);
  return result;
}

}  // namespace descent::web::widgets
