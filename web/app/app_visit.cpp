// SPDX-License-Identifier: MIT
// A visit: what the page starts from, starting over, and when nothing more comes by itself.
#include <utility>

#include "engine/parallel/clock.h"
#include "web/app/app.h"
#include "web/bridge/bridge.h"
#include "web/browser/browser.h"
#include "web/browser/main_thread.h"
#include "web/model/words/worker_words.h"
#include "web/panels/network/lenses/lens_catalog.h"
#include "web/panels/surfaces/tabs/tab_catalog.h"
#include "web/state/race_defaults.h"
#include "web/state/redraw.h"
#include "web/state/toast.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_entry.h"

namespace descent::web {
namespace {

// Without a graphics processor a frame costs about 20 ms of the cores that compute: frames that are drawn only because
// a run moved on come at most this often then. Every second display callback where 60 come in a second is enough for
// paths to grow smoothly; of a network that trains, two pictures a second are: so few that at most one of twenty
// display callbacks waits for one.
constexpr FrameIntervals kSlowFrames{.playing = 0.025, .training = 0.5};
constexpr int kQuiet = 2;  // display callbacks after which nothing comes of what happened before

std::string machine_name() {
  const std::string flavour = browser::simd_flavour();
  if (flavour == "relaxed") return "relaxed SIMD";
  return flavour.empty() ? "" : "SIMD";
}

void offer_table(std::string_view name, std::string_view text) {
  browser::download_text(name, text, "text/csv");
}

// configured() makes a command for a worker: its core takes this configuration.
template <class Config>
auto configured(const Config& config) {
  return [config](auto& core) { static_cast<void>(core.configure(config)); };
}

// The trainer's first command; rates are tried for runs in trouble.
auto trainer_begins(const training::TrainerConfig& config) {
  return [config](training::Trainer& trainer) {
    static_cast<void>(trainer.configure(config));
    trainer.assist(true);
  };
}

// The tabs whose figure a script can have as a picture.
std::vector<std::string> figure_tabs() {
  std::vector<std::string> names;
  for (const StripTab& tab : strip_tabs())
    if (tab.figure != nullptr) names.emplace_back(tab.name);
  return names;
}

}  // namespace

App::App(std::unique_ptr<Platform> platform)
    : platform_(std::move(platform)),
      commands_(host_, ui_, post_to_main, offer_table),
      questions_(host_, post_to_main),
      intervals_(frame_intervals()) {
  ui_.theme = seen_theme_ = browser::keeps_light() ? Theme::light : Theme::dark;
  begin_visit();
  host_.race().post(configured(ui_.race));
  host_.trainer().post(trainer_begins(ui_.trainer));
  bridge::attach(host_, ui_, frames_,
                 {.waits_for = [this] { return waits_for(); },
                  .start_over = [this] { start_over(); },
                  .follow_state = [this] { follow_state_at_once(); }},
                 figure_tabs());
  browser::on_copy([this] { return copied(); });
  browser::watch_context([this](bool lost) { follow_context(lost); });
}

// The page as it starts; `ui_` is as it was made, but for its theme.
void App::begin_visit() {
  platform_->set_theme(ui_.theme);
  ui_.race = default_race();
  ui_.camera = default_camera(ui_.race);
  for (const StripTab& tab : strip_tabs()) ui_.strip.tabs.emplace_back(tab.name);
  for (const WorkspaceEntry* entry : workspace_catalog()) ui_.workspaces.emplace_back(entry->name);
  for (const LensEntry& lens : network_lenses()) ui_.lens.names.emplace_back(lens.name);
  make_workspaces();
}

// Members that are not named here belong to the page's tab: the platform, the host's threads, figures of frames,
// what the workers said last.
void App::start_over() {
  ui_ = UiState{};
  ui_.theme = browser::prefers_light() ? Theme::light : Theme::dark;
  history_ = {};
  held_race_ = ~std::uint64_t{0};
  drivers_ = {};
  picture_ = {};
  announcer_ = {};
  card_height_ = kCardHeight;
  seen_workspace_ = ui_.workspace;
  lively_until_ = 0;
  last_by_hand_ = 0;
  widgets::drop_text_entry();
  static_cast<void>(take_toast());
  platform_->restart_interface();
  render_.start_over();
  begin_visit();
  host_.restart(configured(ui_.race), trainer_begins(ui_.trainer));
  request_redraw(0.2);
}

// follow_state_at_once() is for scripts: it comes between two display callbacks, before a command that is to come after
// what the state asks of its worker.
void App::follow_state_at_once() {
  host_.read_snapshots();
  drivers_.follow(ui_, host_, parallel::seconds_now(), true);
}

std::string_view App::waits_for() {
  if (!host_.settled()) return "an answer of its workers";
  std::string_view work;
  snapshots_.each([&](const auto& snapshot) { work = work.empty() ? under_way(snapshot) : work; });
  if (!work.empty()) return work;
  if (drivers_.waiting()) return "a survey that is under way";
  if (history_.waits()) return "a change that is being noted";
  if (widgets::tooltip_due()) return "a tooltip that may come";
  const render::SurfaceView* scene = workspace().entry->shows_surface ? render_.scene() : nullptr;
  if (scene != nullptr && !scene->exact) return "the heights of the surface";
  if (quiet_ticks_ < kQuiet || redraw_waits(parallel::seconds_now())) return "a frame that is due";
  return {};
}

void App::make_workspaces() {
  top_bar_.emplace(machine_name(), workspace_catalog());
  workspaces_.clear();
  for (const WorkspaceEntry* entry : workspace_catalog()) {
    Workspace& made = workspaces_.emplace_back(Workspace{entry, {}, entry->transport_height});
    for (std::size_t region = 0; region < kRegions; ++region)
      if (entry->panels[region] != nullptr) made.panels[region] = entry->panels[region]();
  }
}

App::Workspace& App::workspace() {
  for (Workspace& workspace : workspaces_)
    if (workspace.entry->name == ui_.workspace) return workspace;
  return workspaces_.front();
}

PanelContext App::context() {
  return PanelContext{
      .snapshots = snapshots_, .ui = ui_, .commands = commands_, .questions = questions_, .render = render_};
}

// The new context after a lost one may be another's.
FrameIntervals App::frame_intervals() {
  return browser::draws_without_gpu() ? kSlowFrames : FrameIntervals{};
}

bool App::trains() const {
  return training::is_at_work(snapshots_.of<training::Trainer>().state);
}

}  // namespace descent::web
