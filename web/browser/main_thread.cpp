// SPDX-License-Identifier: MIT
// post_to_main through Emscripten's proxying queue: one message per function, no lock that the main thread waits for.
#include "web/browser/main_thread.h"

#include <emscripten/proxying.h>
#include <emscripten/threading.h>

#include <memory>
#include <utility>

#include "web/state/redraw.h"

namespace descent::web {
namespace {

void run(void* argument) {
  const std::unique_ptr<std::function<void()>> function(static_cast<std::function<void()>*>(argument));
  (*function)();
  request_redraw();
}

}  // namespace

void post_to_main(std::function<void()> function) {
  auto owned = std::make_unique<std::function<void()>>(std::move(function));
  if (emscripten_is_main_runtime_thread() != 0) {
    run(owned.release());
    return;
  }
  emscripten_proxy_async(emscripten_proxy_get_system_queue(), emscripten_main_runtime_thread_id(), run,
                         owned.release());
}

}  // namespace descent::web
