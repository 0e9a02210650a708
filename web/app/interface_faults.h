// SPDX-License-Identifier: MIT
// Assertions of Dear ImGui that do not hold, in the page as it is shipped: each place is told to the browser's console
// once, as an error (on which every test of the page fails), and the visitor gets one sentence. The program goes on:
// the worst of such a mistake is a frame that is drawn wrongly, and an end would cost the visitor's race and training.
// Main thread only.
#pragma once

namespace descent::web {

// IM_ASSERT calls it (web/setup/imconfig.h).
void tell_interface_fault(const char* file, int line);

}  // namespace descent::web
