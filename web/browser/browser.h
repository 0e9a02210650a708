// SPDX-License-Identifier: MIT
// Does what only the browser can do, as plain functions. Main thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace descent::web::browser {

void copy_text(std::string_view text);
void download(std::string_view name, std::span<const std::uint8_t> bytes, std::string_view mime_type);
void download_text(std::string_view name, std::string_view text, std::string_view mime_type);

// The theme kept from the last visit; at the first the one that the system prefers (web/page/screen.js).
[[nodiscard]] bool keeps_light();
[[nodiscard]] bool prefers_light();
void keep_theme(bool light);
// Things may start to move by themselves: not for people who have asked their system for less motion.
[[nodiscard]] bool may_move();

// The line screen readers follow: calls Module.onStatus(text).
void announce(std::string_view text);
// "relaxed" or "simd128": which of the two programs this is, as the loader said (Module.simd).
[[nodiscard]] std::string simd_flavour();

// Size of the canvas in points, and pixels of the device for each. A point is a CSS pixel; on a very large canvas it is
// `magnification` of them, so that letters and controls grow with it.
struct CanvasMetrics {
  double width = 0, height = 0, pixel_ratio = 1;
};
[[nodiscard]] CanvasMetrics canvas_metrics();
[[nodiscard]] float magnification();  // as canvas_metrics() was last called
// Fingers are what points here, as the browser tells.
[[nodiscard]] bool coarse_pointer();
// install_key_filter() comes once, before the first event: keys with Ctrl, Alt or Meta and function keys are left to
// the browser.
void install_key_filter();
// Presses of the keys for Undo (−1 each: Ctrl+Z, on a Mac Cmd+Z) and Redo (1 each: with Shift, or Ctrl+Y) since the
// last call, added up.
[[nodiscard]] int take_step_key();
// on_copy() comes once; `shown` says what is copied when the browser copies and nothing is selected, empty: nothing is.
void on_copy(std::function<std::string()> shown);
// watch_context() comes once, with the context there, and calls `changed` when the browser takes it away, and when it
// gives a new one, in which everything has to be made anew. Between the two nothing that is drawn is seen.
void watch_context(std::function<void(bool lost)> changed);
// The same at once, while the message is still on its way.
[[nodiscard]] bool context_lost();
// True when the processor does the drawing (SwiftShader, llvmpipe, …), as far as the browser tells. Needs the context.
[[nodiscard]] bool draws_without_gpu();
// Tells the filter above that there is something that Escape would end (a list, the ring of keyboard focus). If there
// is nothing, Escape and then Tab leaves the canvas.
void keep_escape(bool keep);

}  // namespace descent::web::browser
