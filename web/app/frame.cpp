// SPDX-License-Identifier: MIT
// Drawing a frame: one Dear ImGui window per region, at the place the layout gives it.
#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>
#include <utility>

#include "engine/parallel/clock.h"
#include "web/app/app.h"
#include "web/browser/browser.h"
#include "web/panels/page/help.h"
#include "web/panels/page/scene_card.h"
#include "web/panels/page/toast_line.h"
#include "web/state/redraw.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

// Regions are children of one window that fills the canvas, so that the keyboard walks through all of them.
constexpr ImGuiWindowFlags kPage = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse;
constexpr ImGuiWindowFlags kScrolling = ImGuiWindowFlags_NavFlattened;
constexpr ImGuiWindowFlags kFixed =
    ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

// A Frame says what a region looks like around its content.
struct Frame {
  const char* name;
  Rect rect;
  ImVec2 padding;
  ImU32 fill;  // the canvas has the background colour already: transparent where nothing else is wanted
  ImGuiWindowFlags flags;
};

void begin_page(float width, float height) {
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::Begin("page", nullptr, kPage);
  ImGui::PopStyleVar();
}

void begin(const Frame& frame) {
  ImGui::SetCursorScreenPos(ImVec2(frame.rect.x, frame.rect.y));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, frame.padding);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, frame.fill);
  ImGui::BeginChild(frame.name, ImVec2(frame.rect.width, frame.rect.height), ImGuiChildFlags_AlwaysUseWindowPadding,
                    frame.flags);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(2);
}

void end() {
  ImGui::EndChild();
}

// Hairlines between regions, at the edges that no bar lies beside.
void edge_line(ImVec2 from, ImVec2 to) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRectFullScreen();
  list->AddLine(from, to, widgets::palette().separator);
  list->PopClipRect();
}

void top_edge(const Rect& rect) {
  edge_line(ImVec2(rect.x, rect.y + 0.5f), ImVec2(rect.x + rect.width, rect.y + 0.5f));
}

void left_edge(const Rect& rect) {
  edge_line(ImVec2(rect.x + 0.5f, rect.y), ImVec2(rect.x + 0.5f, rect.y + rect.height));
}

void draw_edges(const Layout& layout, Region region) {
  const float bar = layout.top_bar.height;
  if (region == Region::transport) top_edge(layout.transport);
  if (region == Region::rail && layout.rail.y > bar) top_edge(layout.rail);
  if (region == Region::view && layout.view.x > 0) left_edge(layout.view);
  if (region != Region::strip) return;
  if (layout.strip.y > bar) top_edge(layout.strip);
  if (layout.strip.x > 0) left_edge(layout.strip);
}

const Rect& rect_of(const Layout& layout, Region region) {
  switch (region) {
    case Region::rail:
      return layout.rail;
    case Region::transport:
      return layout.transport;
    case Region::view:
      return layout.view;
    default:
      return layout.strip;
  }
}

bool nothing(const Rect& rect) {
  return rect.width <= 0 || rect.height <= 0;
}

// wanted_height() is what the window being drawn would take from `top` on if it had all the height it wants.
float wanted_height(float top, float padding) {
  return std::ceil(ImGui::GetCurrentWindow()->DC.CursorMaxPos.y + ImGui::GetScrollY() - top + padding);
}

Frame frame_of(const Layout& layout, Region region, bool shows_surface) {
  const widgets::Palette& p = widgets::palette();
  const ImVec2 padding(2 * widgets::kGrid, 1.5f * widgets::kGrid);
  const ImVec2 tight = layout.low ? ImVec2(1.5f * widgets::kGrid, 0.75f * widgets::kGrid) : padding;
  switch (region) {
    case Region::rail:
      return {layout.compact ? "sheet" : "rail", layout.rail, padding, p.rail, kScrolling};
    case Region::transport:
      return {"transport", layout.transport, tight, p.rail, kFixed};
    case Region::view: {
      const ImVec2 inset = shows_surface ? ImVec2(0, 0) : ImVec2(16, 12);
      return {"view", layout.view, inset, IM_COL32_BLACK_TRANS, kFixed};
    }
    default:
      return {"strip", layout.strip, tight, IM_COL32_BLACK_TRANS, kScrolling};
  }
}

// Regions that lie over nothing are filled before the interface is drawn, not by it.
void under_interface(Frame& frame, std::vector<render::Fill>& fills) {
  if ((frame.fill & IM_COL32_A_MASK) == 0) return;
  fills.push_back({frame.rect, frame.fill});
  frame.fill = IM_COL32_BLACK_TRANS;
}

}  // namespace

// The rails are one window, so that the keyboard's focus has a place to go on from; each has its own scroll position.
void App::follow_rail(Workspace& shown) {
  if (std::exchange(rail_of_, &shown) == &shown) {
    shown.rail_scroll = ImGui::GetScrollY();
    return;
  }
  ImGui::SetScrollY(shown.rail_scroll);
  request_redraw();  // it is there with the next frame
}

void App::draw_region(const Layout& layout, Region region) {
  const bool sheet = layout.compact && region == Region::rail;
  if ((sheet && !ui_.rail_open) || nothing(rect_of(layout, region))) return;
  // In the frame in which another workspace was chosen the layout is still that of the former one.
  Workspace& shown = workspace();
  if (shown.panels[static_cast<std::size_t>(region)] == nullptr) return;
  Frame frame = frame_of(layout, region, shown.entry->shows_surface);
  if (!sheet) under_interface(frame, ground_.fills);
  begin(frame);
  if (region == Region::rail) follow_rail(shown);
  PanelContext panel = context();
  panel.width = ImGui::GetContentRegionAvail().x;
  panel.height = ImGui::GetContentRegionAvail().y;
  panel.compact = layout.compact || (region == Region::transport && layout.wide_transport);
  panel.low = layout.low;
  panel.gesture = platform_->touch().gesture();
  panel.touch = platform_->touch().in_use();
  ImGui::PushID(shown.entry->name.data(), shown.entry->name.data() + shown.entry->name.size());
  shown.panels[static_cast<std::size_t>(region)]->draw(panel);
  ImGui::PopID();
  draw_edges(layout, region);
  if (region == Region::transport) {
    const float wanted = wanted_height(frame.rect.y, frame.padding.y);
    if (std::exchange(shown.transport_height, wanted) != wanted) request_redraw();
  }
  end();
}

void App::draw_card(const Layout& layout) {
  if (nothing(layout.card)) return;
  Frame frame{"scene card", layout.card, ImVec2(2 * widgets::kGrid, widgets::kGrid), widgets::palette().rail,
              kScrolling};
  under_interface(frame, ground_.fills);
  begin(frame);
  PanelContext panel = context();
  panel.width = ImGui::GetContentRegionAvail().x;
  panel.height = ImGui::GetContentRegionAvail().y;
  panel.compact = layout.compact;
  panel.low = layout.low;
  draw_scene_card(panel);
  if (layout.card.x > 0) left_edge(layout.card);
  edge_line(ImVec2(frame.rect.x, frame.rect.y + frame.rect.height - 0.5f),
            ImVec2(frame.rect.x + frame.rect.width, frame.rect.y + frame.rect.height - 0.5f));
  const float wanted = wanted_height(frame.rect.y, frame.padding.y);
  if (std::exchange(card_height_, wanted) != wanted) request_redraw();
  end();
}

void App::draw_top_bar(const Layout& layout) {
  if (nothing(layout.top_bar)) return;
  const float row = layout.low ? layout.top_bar.height : kTopBarRow;
  const float pad = (row - widgets::control_height()) / 2;
  Frame frame{"top bar", layout.top_bar, ImVec2(layout.compact ? 8.0f : 14.0f, pad), widgets::palette().rail, kFixed};
  under_interface(frame, ground_.fills);
  begin(frame);
  PanelContext panel = context();
  panel.width = ImGui::GetContentRegionAvail().x;
  panel.height = layout.top_bar.height;
  panel.low = layout.low;
  panel.compact = layout.compact;
  top_bar_->draw(panel);
  const float y = layout.top_bar.height - 0.5f;
  edge_line(ImVec2(0, y), ImVec2(layout.top_bar.width, y));
  end();
}

// Regions are drawn in the order in which the keyboard goes through them; the sheet of small screens lies over the
// rest.
void App::draw_regions(const Layout& layout) {
  begin_page(platform_->width(), platform_->height());
  draw_top_bar(layout);
  if (!layout.compact) draw_region(layout, Region::rail);
  draw_region(layout, Region::transport);
  draw_card(layout);
  draw_region(layout, Region::view);
  draw_region(layout, Region::strip);
  if (layout.compact) draw_region(layout, Region::rail);
  ImGui::End();
}

bool App::draw() {
  const double now = parallel::seconds_now();
  widgets::set_touch_metrics(platform_->touch().in_use() || (platform_->width() < 720 && browser::coarse_pointer()));
  const Workspace& shown = workspace();
  const bool card = shown.entry->shows_surface && !ui_.scene.empty() && !ui_.hidden.has(Part::card);
  const StripWish strip = shown.entry->strip(ui_);
  const Layout layout = make_layout(platform_->width(), platform_->height(),
                                    {.control_height = widgets::control_height(),
                                     .transport_height = shown.transport_height,
                                     .strip = strip.shape,
                                     .tall_strip = strip.tall,
                                     .card_height = card ? card_height_ : 0,
                                     .hidden = ui_.hidden});
  ground_ = {.background = widgets::palette().background, .fills = {}};
  platform_->begin_frame();
  ui_items_begin_frame();
  render_.begin_frame(platform_->canvas());
  draw_regions(layout);
  draw_toast(ui_, layout.view, {layout.compact, shown.entry->shows_surface}, now);
  draw_help(ui_, top_bar_->machine(context()), platform_->width(), platform_->height());
  const bool changed = platform_->end_frame(std::move(ground_), render_);
  ui_items_end_frame();
  return changed;
}

}  // namespace descent::web
