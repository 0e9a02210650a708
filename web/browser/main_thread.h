// SPDX-License-Identifier: MIT
// Leads from a worker back to the page's main thread. The function runs soon, outside of any frame, in the order of
// posting per thread; it also runs while the tab is in the background (it is a message, not a display callback). A
// redraw follows.
#pragma once

#include <functional>

namespace descent::web {

void post_to_main(std::function<void()> function);

}  // namespace descent::web
