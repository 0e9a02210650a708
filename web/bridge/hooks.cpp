// SPDX-License-Identifier: MIT
// Hooks: the bridge's only JavaScript. Inside EM_JS the heap views are always the present ones.
#include "web/bridge/hooks.h"

#include <emscripten.h>

// clang-format off
EM_JS(void, descent_js_install, (), {
  Module.bridgeWrite = (at, bytes) => { HEAPU8.set(bytes, at >>> 0); };
});
EM_JS(void, descent_js_reply, (int id, int ok, const char* text, const uint8_t* bytes, uint32_t size), {
  const start = bytes >>> 0;
  Module.bridgeReply(id, ok !== 0, UTF8ToString(text), HEAPU8.slice(start, start + size));
});
EM_JS(void, descent_js_first_frame, (), { Module.bridgeFirstFrame(); });
EM_JS(int, descent_js_awaits_link, (), { return Module.awaitsLink ? 1 : 0; });
EM_JS(void, descent_js_request, (const char* name), { Module.bridgeRequest(UTF8ToString(name)); });
// clang-format on

namespace descent::web::bridge {

void install_hooks() {
  descent_js_install();
}

void hook_reply(int id, bool ok, const std::string& text, std::span<const std::uint8_t> bytes) {
  descent_js_reply(id, ok ? 1 : 0, text.c_str(), bytes.data(), static_cast<std::uint32_t>(bytes.size()));
}

void hook_first_frame() {
  descent_js_first_frame();
}

bool hook_awaits_link() {
  return descent_js_awaits_link() != 0;
}

void hook_request(const char* name) {
  descent_js_request(name);
}

}  // namespace descent::web::bridge
