// SPDX-License-Identifier: MIT
// App: the page as a whole. Owns the workers, the interface's state, the renderer and the panels; once per display
// callback it takes events and snapshots, and draws when something may look different.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "web/app/platform.h"
#include "web/app/png_export.h"
#include "web/app/workspace_catalog.h"
#include "web/commands/commands.h"
#include "web/commands/race_questions.h"
#include "web/model/geometry/layout.h"
#include "web/model/history/history.h"
#include "web/panels/page/top_bar.h"
#include "web/render/renderer.h"
#include "web/state/frame_stats.h"
#include "web/state/ui_state.h"
#include "web/workers/drivers.h"
#include "web/workers/host.h"

namespace descent::web {

// Seconds between two frames, at least, that are drawn because a race or the chains go on, or a network trains.
struct FrameIntervals {
  double playing = 0, training = 0;
};

class App {
 public:
  // The platform has started: there is a context to draw with.
  explicit App(std::unique_ptr<Platform> platform);

  // One display callback.
  void tick();

 private:
  struct Workspace {
    const WorkspaceEntry* entry;
    std::array<std::unique_ptr<Panel>, kRegions> panels;  // by Region
    float transport_height;                               // as its content was last
    float rail_scroll = 0;                                // points, where its rail was left
  };

  [[nodiscard]] const race::RaceSnapshot& race() const { return snapshots_.of<race::Race>(); }
  [[nodiscard]] PanelContext context();
  [[nodiscard]] Workspace& workspace();  // the one that is shown
  void make_workspaces();
  void begin_visit();
  void start_over();
  void follow_state_at_once();
  [[nodiscard]] std::string_view waits_for();
  [[nodiscard]] bool trains() const;
  [[nodiscard]] static FrameIntervals frame_intervals();
  bool handle_key(const KeyPress& press);
  bool push_pin(const KeyPress& press);
  bool handle_run_key(PageKey key);

  void sync();
  void take_messages(double now);
  void follow_state();
  [[nodiscard]] PageRuns runs() const;
  void follow_history(double now, bool by_hand);
  void show_history();
  void step_history(int steps);
  [[nodiscard]] bool frame_due(double now, bool input, bool news);
  void announce(double now);
  std::string copied();

  void follow_context(bool lost);
  bool draw();  // true when the picture changed
  void serve_picture();
  void draw_regions(const Layout& layout);
  void draw_region(const Layout& layout, Region region);
  void follow_rail(Workspace& shown);
  void draw_top_bar(const Layout& layout);
  void draw_card(const Layout& layout);

  std::unique_ptr<Platform> platform_;
  Host host_;
  const Snapshots snapshots_ = host_.snapshots();
  UiState ui_;
  History history_;
  std::uint64_t held_race_ = ~std::uint64_t{0};  // the number of the run that the race was last asked to keep
  double last_by_hand_ = 0;
  double toast_at_ = 0;  // when the message that is shown came
  Commands commands_;
  RaceQuestions questions_;
  Drivers drivers_;
  FrameStats frames_;
  render::Renderer render_;
  PictureMaker picture_;
  std::optional<TopBar> top_bar_;
  std::vector<Workspace> workspaces_;  // as in the catalog
  Platform::Ground ground_;            // of the frame being drawn

  std::uint64_t snapshots_seen_ = 0;  // by tick(): what is read between two of them, to answer a script, is news yet
  std::array<std::uint64_t, std::tuple_size_v<Workers>> seen_messages_{};  // of the workers, by number
  std::string seen_workspace_ = ui_.workspace;
  Theme seen_theme_ = Theme::dark;
  static constexpr float kCardHeight = 120;
  float card_height_ = kCardHeight;  // of a scene's card, as its content was last
  double lively_until_ = 0;          // after input: hover delays, focus and popups need frames without events
  double last_draw_ = 0;
  bool postponed_ = false;  // news not drawn yet
  int quiet_ticks_ = 0;     // display callbacks without input, news or change, one after the other
  FrameIntervals intervals_;
  Announcer announcer_;
  const Workspace* rail_of_ = nullptr;  // whose rail was drawn last
  std::string said_control_;            // the one that had the focus when there was last something to say
  double listened_at_ = 0;              // when there was last looked for something to say
};

}  // namespace descent::web
