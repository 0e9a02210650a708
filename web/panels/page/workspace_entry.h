// SPDX-License-Identifier: MIT
// WorkspaceEntry: a workspace in the page's catalog (web/app/workspace_catalog.h): its name, its panels, what the keys
// do in it, what is said about it. One more workspace is one file with an entry and one line in the catalog.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "web/model/geometry/layout.h"
#include "web/model/words/sentence.h"
#include "web/model/words/status_line.h"
#include "web/panels/page/panel.h"

namespace descent::web {

enum class Region { rail, transport, view, strip };
inline constexpr std::size_t kRegions = 4;

// RunActions are what the keys for a run do: space, right, left, R. A workspace may lack one.
struct RunActions {
  using Action = void (*)(PanelContext& context);
  Action toggle = nullptr, step = nullptr, back = nullptr, reset = nullptr;
};

// A StripWish is what a strip wants of the layout.
struct StripWish {
  StripShape shape = kStrip;
  bool tall = false;
};

struct WorkspaceEntry {
  std::string_view name;   // what the state calls it: lower snake case
  std::string_view title;  // in the switch
  std::string_view tooltip;
  std::array<std::unique_ptr<Panel> (*)(), kRegions> panels{};  // by Region; nullptr where there is no strip
  RunActions run;
  StatusLine (*status_line)(const PanelContext& context) = nullptr;
  StripWish (*strip)(const UiState& ui) = nullptr;
  // The sentence in the top bar, what a press on one of its symbols does, and which symbol's explanation is open.
  std::vector<SentencePart> (*sentence)(const PanelContext& context) = nullptr;
  void (*open_symbol)(UiState& ui, SymbolSubject subject) = nullptr;
  SymbolSubject (*opened_symbol)(const UiState& ui) = nullptr;
  float transport_height = 0;  // points, for the first frame; then what its content takes
  bool shows_surface = false;  // its view lies over the picture of the surface, edge to edge; scenes are shown in it
  void (*opened)() = nullptr;  // what happens when it is opened; may be absent
};

}  // namespace descent::web
