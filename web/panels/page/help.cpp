// SPDX-License-Identifier: MIT
// The help is a card in the middle of the dimmed page; it scrolls where the screen is too small for it.
#include "web/panels/page/help.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "build_info.h"
#include "engine/core/fill.h"
#include "engine/race/descend.h"
#include "web/browser/browser.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

constexpr float kCardWidth = 700;
constexpr float kCardHeight = 698;
constexpr float kKeyColumn = 104;
constexpr std::string_view kScript =
    "await descent.descend({surface: 'rosenbrock', optimizer: 'adam', start: [-1.2, 1], steps: 500})\n"
    "await descent.network.train({epochs: 1})";

struct Row {
  std::string_view key, text;
};
constexpr std::array<Row, 7> kKeys{{{"space", "play or pause; train or pause in the Network workspace"},
                                    {"→  ←", "one step; in Surfaces one step back"},
                                    {"R", "reset; ctrl+Z takes it back, as everything else, and ctrl+Y does it again"},
                                    {"1  2", "the two workspaces"},
                                    {"tab", "goes from control to control; arrows move a slider"},
                                    {"arrows", "move a point pinned in Chain rule, further with shift; esc lets it go"},
                                    {"?  esc", "open and close this page"}}};
constexpr std::array<Row, 5> kPointer{
    {{"drag", "moves the view, the start point, or turns the 3-D view"},
     {"wheel, pinch", "zooms around the pointer"},
     {"hover, hold", "shows values; every control explains itself, to a resting finger too"},
     {"the digit", "draw your own on the pad in Network; on a phone its picture opens that"},
     {"a value", "takes another number after a click; ctrl+C copies what is pointed at"}}};

void paragraph(std::string_view text) {
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
}

void heading(std::string_view text) {
  ImGui::Dummy(ImVec2(0, 4));
  widgets::section_title(text);
}

void rows(std::span<const Row> list) {
  const widgets::Palette& p = widgets::palette();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 3));
  for (const Row& row : list) {
    const float left = ImGui::GetCursorPosX();
    ImGui::PushStyleColor(ImGuiCol_Text, p.accent);
    ImGui::TextUnformatted(row.key.data(), row.key.data() + row.key.size());
    ImGui::PopStyleColor();
    ImGui::SameLine(left + kKeyColumn);
    paragraph(row.text);
  }
  ImGui::PopStyleVar();
}

void script() {
  const widgets::Palette& p = widgets::palette();
  paragraph("The browser's console (F12) can do all that the mouse can, through window.descent. For example:");
  widgets::push_font(widgets::Font::small);
  const float width = ImGui::GetContentRegionAvail().x;
  const ImVec2 size = ImGui::CalcTextSize(kScript.data(), kScript.data() + kScript.size(), false, width - 24);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::GetWindowDrawList()->AddRectFilled(at, ImVec2(at.x + width, at.y + size.y + 16), p.raised, widgets::kCorner);
  ImGui::SetCursorScreenPos(ImVec2(at.x + 12, at.y + 8));
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + width - 24);
  ImGui::TextUnformatted(kScript.data(), kScript.data() + kScript.size());
  ImGui::PopTextWrapPos();
  ImGui::SetCursorScreenPos(ImVec2(at.x, at.y + size.y + 24));
  widgets::pop_font();
  if (widgets::button("Copy", widgets::Icon::none, "Copy the two lines.")) {
    browser::copy_text(kScript);
    toast("Copied.");
  }
}

void content(UiState& ui, std::string_view machine) {
  const float right = ImGui::GetContentRegionMax().x;
  widgets::push_font(widgets::Font::heading);
  ImGui::TextUnformatted("Descent");
  widgets::pop_font();
  ImGui::SameLine(right - widgets::control_height());
  if (widgets::icon_button("Close help", widgets::Icon::close, "Back to the page. Key: Esc.")) ui.help_open = false;
  paragraph(
      "See gradient descent work. In Surfaces, optimizers race from one start over a loss surface. The page knows "
      "the exact curvature under each, and so the learning rate above which its steps grow. In Network, a "
      "convolutional network learns to read digits with the same optimizer code, on this computer's processor. The "
      "page sends nothing anywhere.");
  heading("Keys");
  rows(kKeys);
  heading("Mouse and fingers");
  rows(kPointer);
  heading("Scripting");
  script();
  const std::string version =
      core::fill("Runs here with {}. Version {}, build {}. MIT licence.", machine, kVersion, kBuild);
  widgets::note(version);
}

}  // namespace

void draw_help(UiState& ui, std::string_view machine, float width, float height) {
  if (!ui.help_open) return;
  const widgets::Palette& p = widgets::palette();
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(0, 0, 0, 150));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin("help", nullptr, kFlags);
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  const bool beside = ImGui::IsWindowHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  const ImVec2 card(std::min(kCardWidth, width - 16), std::min(kCardHeight, height - 16));
  ImGui::SetCursorPos(ImVec2(ImFloor((width - card.x) / 2), ImFloor((height - card.y) / 2)));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, p.rail);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(24, 20));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 10);
  if (ImGui::BeginChild("card", card, ImGuiChildFlags_AlwaysUseWindowPadding)) content(ui, machine);
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  if (beside) ui.help_open = false;
  ImGui::End();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
}

}  // namespace descent::web
