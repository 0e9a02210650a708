// Dear ImGui's configuration, the same for its library and for the page (IMGUI_USER_CONFIG).
//   32-bit indices: a draw list holds the polylines of ten long paths, more than 65,536 vertices.
//   Test engine hooks: the page lists the items on the screen for scripts and tests (descent.ui.items()).
// The demo, the debug windows, files and the shell are left out for size.
// SPDX-License-Identifier: MIT
#pragma once

#define ImDrawIdx unsigned int
#define IMGUI_ENABLE_TEST_ENGINE
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
