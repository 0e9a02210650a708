// SPDX-License-Identifier: MIT
// Hooks: the JavaScript functions that the bridge calls, given by the page (web/page/boot.js) before the program
// starts. Main thread only.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace descent::web::bridge {

// Gives JavaScript bridgeWrite(address, bytes), which stays right when memory grows on another thread.
void install_hooks();
void hook_reply(int id, bool ok, const std::string& text, std::span<const std::uint8_t> bytes);
void hook_first_frame();
// hook_awaits_link() says whether the page still has to apply the link that it was opened with.
[[nodiscard]] bool hook_awaits_link();
// One of the requests named in boot.js ("share", "ensure_dataset", "pick_weights", …), with what it needs after a
// colon: "scene:ravine".
void hook_request(const char* name);

}  // namespace descent::web::bridge
