// SPDX-License-Identifier: MIT
// The page's program starts platform and app and hands the frame to the browser's display callback. main() returns,
// the program lives on; everything long happens on workers.
#include <emscripten.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "engine/core/fill.h"
#include "web/app/app.h"
#include "web/app/platform.h"
#include "web/browser/browser.h"

// clang-format off
EM_JS(void, descent_fail, (const char* reason), { throw new Error(UTF8ToString(reason)); });
// clang-format on

int main() {
  using descent::web::App;
  using descent::web::Platform;
  auto platform = std::make_unique<Platform>();
  if (!platform->start(descent::web::browser::keeps_light() ? descent::web::Theme::light : descent::web::Theme::dark)) {
    const std::string reason = descent::core::fill("WebGL 2 could not be started: {}", platform->error());
    descent_fail(reason.c_str());
    return EXIT_FAILURE;
  }
  // The app is never destroyed: the page ends with its tab.
  App* app = new App(std::move(platform));
  emscripten_set_main_loop_arg([](void* argument) { static_cast<App*>(argument)->tick(); }, app, 0, false);
  return EXIT_SUCCESS;
}
