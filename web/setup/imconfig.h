// Dear ImGui's configuration, the same for its library and for the page (IMGUI_USER_CONFIG).
//   32-bit indices: a draw list holds the polylines of ten long paths, more than 65,536 vertices.
//   Test engine hooks: the page lists the items on the screen for scripts and tests (descent.ui.items()).
//   Assertions: one that does not hold is told to the page, which says so and goes on (web/app/interface_faults.h).
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

namespace descent::web {
void tell_interface_fault(const char* file, int line);
}  // namespace descent::web

// The name of the file alone: the whole path would be one of the machine that built the page. The condition is in that
// line; the texts of all of them would be 8 kB of a visit.
#define IM_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::descent::web::tell_interface_fault(__FILE_NAME__, __LINE__))
