// SPDX-License-Identifier: MIT
#include "web/panels/network/texts.h"

#include "web/widgets/theme.h"

namespace descent::web {

void small_text(ImU32 color, const std::string& text) {
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
  widgets::pop_font();
}

void hint(const std::string& text) {
  ImGui::PushStyleColor(ImGuiCol_Text, widgets::palette().text_muted);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

}  // namespace descent::web
