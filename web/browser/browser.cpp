// SPDX-License-Identifier: MIT
// The browser's side of the page through EM_JS. Strings cross as UTF-8; what JavaScript returns is allocated with
// malloc and freed here.
#include "web/browser/browser.h"

#include <emscripten.h>
#include <emscripten/html5.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>

// clang-format off
EM_JS_DEPS(descent_browser, "$UTF8ToString,$stringToNewUTF8");

EM_JS(void, descent_copy_text, (const char* text, int length), {
  const value = UTF8ToString(text, length);
  const fallback = () => {
    const area = document.createElement('textarea');
    area.value = value;
    document.body.appendChild(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    document.getElementById('canvas').focus();
  };
  if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(value).catch(fallback);
  else fallback();
});

EM_JS(void, descent_download, (const char* name, int name_length, const void* bytes, int size, const char* mime,
                               int mime_length), {
  const blob = new Blob([HEAPU8.slice(bytes, bytes + size)], {type : UTF8ToString(mime, mime_length)});
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = UTF8ToString(name, name_length);
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});

EM_JS(int, descent_keeps_light, (), { return document.documentElement.dataset.theme === 'light' ? 1 : 0; });

EM_JS(int, descent_prefers_light, (), { return matchMedia('(prefers-color-scheme: light)').matches ? 1 : 0; });

EM_JS(int, descent_may_move, (), { return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 1; });

EM_JS(void, descent_keep_theme, (int light, int store), {
  const name = light ? 'light' : 'dark';
  document.documentElement.dataset.theme = name;
  document.documentElement.style.colorScheme = name;
  try {
    if (store) localStorage.setItem('descent.theme', name);
  } catch (error) {
    // Storage is blocked: the choice lasts for this visit.
  }
});

EM_JS(void, descent_announce, (const char* text, int length), {
  if (Module['onStatus']) Module['onStatus'](UTF8ToString(text, length));
});

EM_JS(char*, descent_simd_flavour, (), { return stringToNewUTF8(String(Module['simd'] || "")); });

EM_JS(void, descent_canvas_metrics, (double* result), {
  const canvas = document.getElementById('canvas');
  HEAPF64[result >> 3] = canvas.clientWidth;
  HEAPF64[(result >> 3) + 1] = canvas.clientHeight;
  HEAPF64[(result >> 3) + 2] = window.devicePixelRatio || 1;
});

EM_JS(int, descent_coarse_pointer, (), {
  Module['descentCoarse'] ||= matchMedia('(pointer: coarse)');
  return Module['descentCoarse'].matches ? 1 : 0;
});

EM_JS(void, descent_install_key_filter, (), {
  const canvas = document.getElementById('canvas');
  let leaving = false;  // Escape with nothing to end, then Tab: out of the canvas
  const filter = (event) => {
    const shortcut = event.ctrlKey || event.metaKey || event.altKey;
    const function_key = /^F\\d+$/.test(event.key);
    const leave = event.key === 'Tab' && leaving;
    if (event.type === 'keydown') leaving = event.key === 'Escape' && !Module['descentEscape'];
    const letter = event.key.toLowerCase();
    if (event.type === 'keydown' && event.ctrlKey !== event.metaKey && !event.altKey && (letter === 'z' || letter === 'y')) {
      Module['descentStep'] = (Module['descentStep'] || 0) + (letter === 'z' && !event.shiftKey ? -1 : 1);
      event.preventDefault();
    }
    if (shortcut || function_key || leave || event.isComposing) event.stopImmediatePropagation();
  };
  for (const type of ['keydown', 'keypress', 'keyup']) canvas.addEventListener(type, filter, true);
  canvas.addEventListener('blur', () => { leaving = false; });
});

EM_JS(int, descent_take_step_key, (), {
  const step = Module['descentStep'] || 0;
  Module['descentStep'] = 0;
  return step;
});

EM_JS(void, descent_listen_copy, (), {
  document.addEventListener('copy', (event) => {
    if (String(getSelection()) !== "" || document.activeElement.tagName === 'INPUT') return;
    const text = _descent_copied();
    if (text === 0) return;
    event.clipboardData.setData('text/plain', UTF8ToString(text));
    _free(text);
    event.preventDefault();
  });
});

EM_JS(int, descent_draws_without_gpu, (), {
  const gl = document.getElementById('canvas').getContext('webgl2');
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /SwiftShader|llvmpipe|softpipe|software|basic render/i.test(name) ? 1 : 0;
});

EM_JS(void, descent_keep_escape, (int keep), { Module['descentEscape'] = keep !== 0; });
// clang-format on

namespace descent::web::browser {
namespace {

constexpr double kLargest[] = {2048, 1152};  // CSS pixels; a larger canvas is magnified
double g_magnification = 1;
std::function<std::string()> g_shown;

int length(std::string_view text) {
  return static_cast<int>(text.size());
}

std::optional<std::string> take(char* allocated) {
  if (allocated == nullptr) return {};
  std::string text(allocated);
  std::free(allocated);
  return text;
}

}  // namespace

void copy_text(std::string_view text) {
  descent_copy_text(text.data(), length(text));
}

void download(std::string_view name, std::span<const std::uint8_t> bytes, std::string_view mime_type) {
  descent_download(name.data(), length(name), bytes.data(), static_cast<int>(bytes.size()), mime_type.data(),
                   length(mime_type));
}

void download_text(std::string_view name, std::string_view text, std::string_view mime_type) {
  descent_download(name.data(), length(name), text.data(), length(text), mime_type.data(), length(mime_type));
}

bool keeps_light() {
  const bool light = descent_keeps_light() != 0;
  descent_keep_theme(light ? 1 : 0, 0);
  return light;
}
bool prefers_light() {
  return descent_prefers_light() != 0;
}

bool may_move() {
  return descent_may_move() != 0;
}
void keep_theme(bool light) {
  descent_keep_theme(light ? 1 : 0, 1);
}
void announce(std::string_view text) {
  descent_announce(text.data(), length(text));
}
std::string simd_flavour() {
  return take(descent_simd_flavour()).value_or("");
}

CanvasMetrics canvas_metrics() {
  double values[3] = {0, 0, 1};
  descent_canvas_metrics(values);
  // In quarters: each makes the fonts anew.
  const double larger = std::min(values[0] / kLargest[0], values[1] / kLargest[1]);
  g_magnification = std::max(1.0, std::floor(4 * larger) / 4);
  return {values[0] / g_magnification, values[1] / g_magnification, values[2] * g_magnification};
}

float magnification() {
  return static_cast<float>(g_magnification);
}

bool coarse_pointer() {
  return descent_coarse_pointer() != 0;
}

void install_key_filter() {
  descent_install_key_filter();
}
int take_step_key() {
  return descent_take_step_key();
}
void on_copy(std::function<std::string()> shown) {
  g_shown = std::move(shown);
  descent_listen_copy();
}
void watch_context(std::function<void(bool lost)> changed) {
  static std::function<void(bool)> told;
  told = std::move(changed);
  const auto tell = [](int type, const void*, void*) -> bool {
    told(type == EMSCRIPTEN_EVENT_WEBGLCONTEXTLOST);
    return true;  // the event's default is not to give a new one
  };
  emscripten_set_webglcontextlost_callback("#canvas", nullptr, false, tell);
  emscripten_set_webglcontextrestored_callback("#canvas", nullptr, false, tell);
}
bool context_lost() {
  return emscripten_is_webgl_context_lost(emscripten_webgl_get_current_context());
}
bool draws_without_gpu() {
  return descent_draws_without_gpu() != 0;
}
void keep_escape(bool keep) {
  descent_keep_escape(keep ? 1 : 0);
}

}  // namespace descent::web::browser

// The caller frees what it is given.
extern "C" EMSCRIPTEN_KEEPALIVE char* descent_copied() {
  const std::string text = descent::web::browser::g_shown();
  return text.empty() ? nullptr : strdup(text.c_str());
}
