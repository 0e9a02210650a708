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

#include "web/app/panel_catalog.h"
#include "web/app/platform.h"
#include "web/app/png_export.h"
#include "web/commands/commands.h"
#include "web/commands/race_questions.h"
#include "web/model/geometry/layout.h"
#include "web/model/words/status_line.h"
#include "web/panels/page/top_bar.h"
#include "web/render/renderer.h"
#include "web/state/drivers.h"
#include "web/state/frame_stats.h"
#include "web/state/host.h"
#include "web/state/ui_state.h"

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
  struct Placed {
    const PanelEntry* entry;
    std::unique_ptr<Panel> panel;
  };

  [[nodiscard]] const race::RaceSnapshot& race() const { return snapshots_.of<race::Race>(); }
  [[nodiscard]] PanelContext context();
  void make_panels();
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
  [[nodiscard]] bool frame_due(double now, bool input, bool news);
  void announce(double now);

  void follow_context(bool lost);
  bool draw();  // true when the picture changed
  void serve_picture();
  void draw_regions(const Layout& layout);
  void draw_region(const Layout& layout, Region region);
  void draw_top_bar(const Layout& layout);
  void draw_card(const Layout& layout);

  std::unique_ptr<Platform> platform_;
  Host host_;
  const Snapshots snapshots_ = host_.snapshots();
  UiState ui_;
  Commands commands_;
  RaceQuestions questions_;
  Drivers drivers_;
  FrameStats frames_;
  render::Renderer render_;
  PictureMaker picture_;
  std::optional<TopBar> top_bar_;
  std::vector<Placed> panels_;
  Platform::Ground ground_;  // of the frame being drawn

  std::uint64_t snapshots_seen_ = 0;  // by tick(): what is read between two of them, to answer a script, is news yet
  std::array<std::string, std::tuple_size_v<Workers>> messages_;  // of the workers, last seen
  Workspace seen_workspace_ = Workspace::surfaces;
  Theme seen_theme_ = Theme::dark;
  static constexpr std::array<float, 2> kTransportHeight{64, 160};
  static constexpr float kCardHeight = 120;
  std::array<float, 2> transport_height_ = kTransportHeight;  // by workspace, as its content was last
  float card_height_ = kCardHeight;                           // the same of a scene's card
  double lively_until_ = 0;  // after input: hover delays, focus and popups need frames without events
  double last_draw_ = 0;
  bool postponed_ = false;  // news not drawn yet
  int quiet_ticks_ = 0;     // display callbacks without input, news or change, one after the other
  FrameIntervals intervals_;
  Announcer announcer_;
  double listened_at_ = 0;  // when there was last looked for something to say
};

}  // namespace descent::web
