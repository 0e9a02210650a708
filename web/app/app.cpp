// SPDX-License-Identifier: MIT
// The life of a frame up to drawing: events, snapshots, keeping the interface's state and the engine's in step, and the
// decision whether to draw at all.
#include "web/app/app.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/core/fill.h"
#include "engine/parallel/clock.h"
#include "web/bridge/bridge.h"
#include "web/browser/browser.h"
#include "web/model/words/control_words.h"
#include "web/model/words/worker_words.h"
#include "web/panels/surfaces/tabs/chain_rule_tab.h"
#include "web/panels/surfaces/tabs/tab_catalog.h"
#include "web/state/race_defaults.h"
#include "web/state/redraw.h"
#include "web/state/strip_tabs.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

constexpr double kLively = 0.8;  // seconds of drawing after input
constexpr double kProgressInterval = 0.25;
constexpr double kListenInterval = 0.25;
constexpr double kTurnInterval = 1.0 / 30;  // of the 3-D view that turns by itself
constexpr double kSlowTurnInterval = 0.2;   // without a graphics processor
constexpr double kToastSeconds = 5, kErrorSeconds = 12;
constexpr double kSecondsPerCharacter = 0.06;  // of a long text

Control control_of(const UiItem& item) {
  return {item.label, item.role, item.value, item.text};
}

// Whether its value changes because somebody changes it: figures that change by themselves are said once.
bool is_set(const UiItem& item) {
  constexpr std::array<std::string_view, 4> kSet{"slider", "checkbox", "combo", "field"};
  return std::find(kSet.begin(), kSet.end(), item.role) != kSet.end();
}

}  // namespace

bool App::handle_run_key(PageKey key) {
  const auto act = [this](RunActions::Action action) {
    PanelContext panel = context();
    if (action != nullptr) action(panel);
    return true;
  };
  const RunActions& run = workspace().entry->run;
  switch (key) {
    case PageKey::play:
      return act(run.toggle);
    case PageKey::step:
      return act(run.step);
    case PageKey::reset:
      return act(run.reset);
    case PageKey::back:
      return act(run.back);
    default:
      return false;
  }
}

// Arrows move the pinned point unless the ring of keyboard focus is at something else.
bool App::push_pin(const KeyPress& press) {
  if (!shows_chain_rule(ui_) || !ui_.camera.pin || ui_.help_open || (press.ring && !ui_.pin_focused)) return false;
  if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup)) return false;
  const int far = press.shift ? 10 : 1;
  const bool across = press.key == PageKey::step || press.key == PageKey::back;
  if (!across && press.key != PageKey::up && press.key != PageKey::down) return false;
  const bool ahead = press.key == PageKey::step || press.key == PageKey::up;
  ui_.pin_push[across ? 0 : 1] += ahead ? far : -far;
  return true;
}

bool App::handle_key(const KeyPress& press) {
  request_redraw(0.1);
  if (push_pin(press)) return true;
  const PageKey key = press.key;
  // With a list open all keys are its own: letters go to the entry that begins with them.
  const bool list = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  if (list && key != PageKey::escape) return false;
  // With the focus ring in sight, space and arrows belong to the control that has it.
  if (press.ring && (key == PageKey::play || key == PageKey::step || key == PageKey::back)) return false;
  switch (key) {
    case PageKey::workspace:
      if (press.number >= workspaces_.size()) return false;
      ui_.workspace = workspaces_[press.number].entry->name;
      return true;
    case PageKey::help:
      ui_.help_open = !ui_.help_open;
      return true;
    case PageKey::escape:
      if (list) return false;
      if (!std::exchange(ui_.help_open, false) && !std::exchange(ui_.rail_open, false)) {
        ui_.toast.clear();
        if (shows_chain_rule(ui_)) ui_.camera.pin.reset();
        if (ui_.workspace == kNetworkWorkspace) ui_.lens.pin = {};
      }
      return false;  // the interface closes its lists with it as well
    default:
      return !ui_.help_open && handle_run_key(key);
  }
}

// The engine's configuration is the truth as soon as it has heard of every change made here.
void App::sync() {
  if (snapshots_.settled<race::Race>() && !(ui_.race == race().config)) {
    // Another surface by script: the picture goes there, as when a person chooses one.
    if (!same_domain(ui_.race, race().config)) turn_to_surface(ui_.camera, race().config);
    ui_.race = race().config;
  }
  const training::TrainerConfig& trainer = snapshots_.of<training::Trainer>().config;
  if (snapshots_.settled<training::Trainer>() && !(ui_.trainer == trainer)) ui_.trainer = trainer;
  const int runners = static_cast<int>(ui_.race.runners.size());
  ui_.selected_runner = std::clamp(ui_.selected_runner, 0, std::max(runners - 1, 0));
}

void App::take_messages(double now) {
  auto seen = seen_messages_.begin();
  snapshots_.each([&](const auto& snapshot) {
    const WorkerMessage message = message_of(snapshot);
    if (std::exchange(*seen++, message.number) != message.number && !message.sentence.empty())
      toast(std::string(message.sentence), message.is_error);
  });
  if (std::optional<Toast> toast = take_toast()) {
    ui_.toast = std::move(toast->text);
    ui_.toast_is_error = toast->is_error;
    ui_.toast_step = toast->step;
    toast_at_ = now;
    const bool longer = ui_.toast_is_error || !toast->action.empty();
    ui_.toast_until = now + std::max(longer ? kErrorSeconds : kToastSeconds,
                                     kSecondsPerCharacter * static_cast<double>(ui_.toast.size()));
    browser::announce(ui_.toast);
    announcer_.interrupted(now);
    request_redraw(0.1);
  }
}

// Scripts and share links change the state as well as the controls do.
void App::follow_state() {
  if (std::exchange(seen_theme_, ui_.theme) != ui_.theme) browser::keep_theme(ui_.theme == Theme::light);
  platform_->set_theme(ui_.theme);
  if (std::exchange(seen_workspace_, ui_.workspace) != ui_.workspace) {
    request_redraw(0.2);
    if (workspace().entry->opened != nullptr) workspace().entry->opened();
  }
}

// Workers, scripts and keys go on while there is nothing to draw with.
void App::follow_context(bool lost) {
  if (lost) {
    render_.lose_context();
    platform_->lose_context();
    return;
  }
  platform_->regain_context();
  render_.regain_context();
  intervals_ = frame_intervals();
  request_redraw(kLively);
}

bool App::frame_due(double now, bool input, bool news) {
  if (input) lively_until_ = now + kLively;
  bool due = take_redraw(now) || now < lively_until_ || widgets::tooltip_due();
  const double interval = trains() ? intervals_.training : intervals_.playing;
  if (ui_.turning) due = due || now - last_draw_ >= (intervals_.playing > 0 ? kSlowTurnInterval : kTurnInterval);
  if (news) due = due || now - last_draw_ >= interval;
  if (news && !due) postponed_ = true;
  due = due || (postponed_ && now - last_draw_ >= interval);
  if (bridge::dataset_progress().active) due = due || now - last_draw_ >= kProgressInterval;
  return due || (!ui_.toast.empty() && now >= ui_.toast_until);
}

std::string App::copied() {
  const UiItem* item = focused_item();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (item == nullptr || (!item->value && !item->text)) item = shown_at(mouse.x, mouse.y);
  std::string text = item != nullptr ? shown_text(control_of(*item)) : std::string();
  if (!text.empty()) toast(core::fill("Copied: {}", text));
  return text;
}

void App::announce(double now) {
  if (now - listened_at_ < kListenInterval) return;
  listened_at_ = now;
  const UiItem* focused = focused_item();
  std::string control;
  if (focused != nullptr) control = is_set(*focused) ? control_line(control_of(*focused)) : focused->label;
  if (control != std::exchange(said_control_, control) && focused != nullptr) {
    browser::announce(control_line(control_of(*focused)));
    announcer_.interrupted(now);
    return;
  }
  const StatusLine line = workspace().entry->status_line(context());
  if (announcer_.due(now, line)) browser::announce(line.text);
}

void App::serve_picture() {
  std::optional<bridge::PictureRequest>& wanted = bridge::picture_request();
  const render::SurfaceView* scene = render_.scene();
  if (!wanted) return;
  if (!workspace().entry->shows_surface) return bridge::refuse_picture("the Surfaces workspace was left");
  if (!bridge::pictured(wanted->of, ui_)) return bridge::refuse_picture("its tab was closed");
  request_redraw();  // until all that belongs to it is there
  if (scene == nullptr || !scene->exact || race().surface_info == nullptr || !snapshots_.settled<race::Race>()) return;
  PanelContext panel = context();
  const TabFigure* figure = strip_tab_figure(wanted->of);
  if (figure != nullptr && !figure->complete(panel)) return;
  if (picture_.make(panel, host_.jobs(), *wanted)) wanted.reset();
}

void App::tick() {
  const double now = parallel::seconds_now();
  const bool input = platform_->poll([this](const KeyPress& press) { return handle_key(press); });
  if (platform_->take_interruption()) frames_.interrupt();
  frames_.tick(1000 * now);
  host_.read_snapshots();
  const std::uint64_t read = host_.snapshots_read();
  const bool news = std::exchange(snapshots_seen_, read) != read;
  bool quiet = !input && !news && !postponed_ && !redraw_waits(now);
  sync();
  follow_history(now, platform_->take_hand());
  drivers_.follow(ui_, host_, now);
  take_messages(now);
  follow_state();
  announce(now);
  if (!bridge::awaits_link() && frame_due(now, input, news) && platform_->can_draw()) {
    last_draw_ = now;
    postponed_ = false;
    ui_.turning = false;  // its view says so again
    if (draw()) {
      frames_.drew();
      quiet = quiet && ui_.turning;  // that it turns is nothing to wait for
    }
    // So that the picture of what was clicked comes with the next display callback, not the one after it.
    if (input) drivers_.look(ui_, host_);
    serve_picture();
    // Scripts may ask for the status at once: not before the workers have answered with the first configuration.
    if (snapshots_.settled<race::Race>() && snapshots_.settled<training::Trainer>()) bridge::frame_drawn();
  }
  quiet_ticks_ = quiet ? quiet_ticks_ + 1 : 0;
  frames_.worked(1000 * (parallel::seconds_now() - now));
}

}  // namespace descent::web
