// SPDX-License-Identifier: MIT
// Bridge: what the C++ side of the page and the JavaScript side (web/page/) ask of each other. Every call is made on
// the page's main thread and returns at once; results come back as messages, also in a background tab.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/state/frame_stats.h"
#include "web/state/ui_state.h"
#include "web/workers/host.h"

namespace descent::web::bridge {

// PageActions are what the app does for scripts that concerns the page as a whole.
struct PageActions {
  // waits_for says why what is on the screen may still change by itself, as words after "the page waits for"; empty
  // when it will not.
  std::function<std::string_view()> waits_for;
  // The page as it starts: everything anew but the graphics context and what was downloaded.
  std::function<void()> start_over;
  // Posts to the workers what the page's state asks of them, before what the caller posts next.
  std::function<void()> follow_state;
};

// attach() comes once, before the first frame: from here on the scripting interface acts on this host and this state,
// and descent.ui.frames() reports these figures. figure_tabs: those of ui.strip.tabs whose figure can be a picture.
void attach(Host& host, UiState& ui, FrameStats& frames, PageActions actions, std::vector<std::string> figure_tabs);

// The page was opened with a link that is not applied yet: a frame would show what nobody asked for.
[[nodiscard]] bool awaits_link();
// frame_drawn() comes after every frame that was really drawn and shows an answered configuration: the first one
// resolves descent.ready and takes the loading screen away.
void frame_drawn();

enum class FileRequest { dataset, weights, picture };

// Opens the file picker; what is chosen is read and handed to the trainer's worker.
void request_files(FileRequest request);
// Downloads the network's weights and the optimizer's state as safetensors.
void save_weights();
// Starts loading (MNIST) or generating (procedural digits) the default data set unless one is there or on its way.
void ensure_dataset();
// The same when the workspace opens: a run that waits for a visitor's own files is left to wait for them.
void expect_dataset();
// One of the page's own requests by its name (web/page/boot.js).
void ask_page(std::string_view request);
// Puts the shared part of the state into the address and the clipboard.
void copy_share_link();

// Opens the scene of that name, as its link does.
void open_scene(std::string_view name);

// A picture is known by a name: that of the view of the surface is this one, that of a tab's figure is the tab's.
inline constexpr std::string_view kSurfacePicture = "surface";

// Offers the picture as a download.
void save_picture(std::string_view of);
// A picture that a script or the button asked for; the app makes it after a frame that shows the surface.
struct PictureRequest {
  int id = 0;
  float scale = 2;  // device pixels a point
  std::string of{kSurfacePicture};
};
[[nodiscard]] std::optional<PictureRequest>& picture_request();
// pictured() says whether there is a picture of that now: of a figure while its tab is open.
[[nodiscard]] bool pictured(std::string_view of, const UiState& ui);
// Answers the request with an error.
void refuse_picture(const std::string& why);

// A data set on its way: downloaded, unpacked, generated.
struct DatasetProgress {
  bool active = false;
  double fraction = 0;  // 0 … 1
  std::string text;     // "MNIST: 4.1 of 11.4 MB"
};
[[nodiscard]] const DatasetProgress& dataset_progress();

}  // namespace descent::web::bridge
