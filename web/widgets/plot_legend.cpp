// SPDX-License-Identifier: MIT
#include "web/widgets/plot_legend.h"

#include <imgui_internal.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/core/fill.h"
#include "web/widgets/ui_items.h"

namespace descent::web::widgets {
namespace {

constexpr float kGap = 12;         // between entries
constexpr float kSample = 21;      // from an entry's left edge to its name
constexpr float kLeastEntry = 92;  // with a name of eight letters or so

float entry_width(const PlotSeries& series) {
  return text_width(series.label) + kSample + 1;
}

std::string more(std::size_t count) {
  return core::fill("+{} more", count);
}

// The places of entries that stand one after the other, none wider than `widest`.
class Flow {
 public:
  Flow(const LegendRoom& room, float widest) : room_(room), widest_(widest), x_(room.left) {}
  // An entry takes the next room: its left edge is x() then, its width what is returned.
  float take(float wanted) {
    const float width = std::min(wanted, widest_);
    if (next_ > room_.left && next_ + width > room_.right + 1) {
      next_ = room_.left;
      ++rows_;
    }
    x_ = next_;
    next_ += width + kGap;
    return width;
  }
  [[nodiscard]] float x() const { return x_; }
  [[nodiscard]] int rows() const { return rows_; }

 private:
  const LegendRoom& room_;
  float widest_, x_, next_ = room_.left;
  int rows_ = 1;
};

class Legend {
 public:
  Legend(std::span<const PlotSeries> series, const LegendRoom& room);
  int draw() const;

 private:
  [[nodiscard]] int rows_of(std::size_t shown, float widest) const;
  void draw_entry(const PlotSeries& series, float left, float middle, float width) const;

  const LegendRoom& room_;
  std::vector<const PlotSeries*> named_;
  std::vector<float> widths_;  // each of a whole entry
  float widest_ = 0;
  std::size_t shown_ = 0;
};

Legend::Legend(std::span<const PlotSeries> series, const LegendRoom& room)
    : room_(room), widest_(room.right - room.left) {
  for (const PlotSeries& s : series) {
    if (s.label.empty()) continue;
    named_.push_back(&s);
    widths_.push_back(entry_width(s));
  }
  shown_ = named_.size();
  while (widest_ > kLeastEntry && rows_of(shown_, widest_) > room_.rows) widest_ = std::max(widest_ - 4, kLeastEntry);
  while (shown_ > 1 && rows_of(shown_, widest_) > room_.rows) --shown_;
}

int Legend::rows_of(std::size_t shown, float widest) const {
  Flow flow(room_, widest);
  for (std::size_t i = 0; i < shown; ++i) flow.take(widths_[i]);
  if (shown < named_.size()) flow.take(text_width(more(named_.size() - shown)));
  return flow.rows();
}

void Legend::draw_entry(const PlotSeries& series, float left, float middle, float width) const {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 sample(left + 8, middle);
  const ImU32 color = series.color;
  if (series.marker) {
    draw_marker(list, *series.marker, sample, 4.5f, color, 0);
  } else if (series.dashed) {
    for (const float x : {-8.0f, 2.0f})
      list->AddLine(ImVec2(sample.x + x, middle), ImVec2(sample.x + x + 6, middle), color, 2);
  } else {
    list->AddLine(ImVec2(sample.x - 8, middle), ImVec2(sample.x + 8, middle), color, 2);
  }
  const std::string_view begin = series.label.substr(0, series.label.size() - series.kept_end.size());
  draw_text(list, ImVec2(left + kSample, middle), left + width + 1, palette().text_muted,
            cut_text(begin, series.kept_end, width - kSample));
}

ImRect row_box(float left, float middle, float width) {
  return {left, middle - kLegendRow / 2, left + width, middle + kLegendRow / 2};
}

int Legend::draw() const {
  Flow flow(room_, widest_);
  const auto middle = [&] { return room_.middle + kLegendRow * static_cast<float>(flow.rows() - 1); };
  for (std::size_t i = 0; i < shown_; ++i) {
    const float width = flow.take(widths_[i]);
    draw_entry(*named_[i], flow.x(), middle(), width);
    report_part(named_[i]->label, "legend", row_box(flow.x(), middle(), width));
  }
  if (shown_ < named_.size()) {
    const std::string text = more(named_.size() - shown_);
    const float width = flow.take(text_width(text));
    draw_text(ImGui::GetWindowDrawList(), ImVec2(flow.x(), middle()), room_.right + 1, palette().text_faint, text);
    report_part(text, "legend", row_box(flow.x(), middle(), width));
  }
  return flow.rows();
}

}  // namespace

void report_part(std::string_view label, std::string_view role, const ImRect& box, std::optional<double> value) {
  ImGuiLastItemData& last = ImGui::GetCurrentContext()->LastItemData;
  const ImGuiLastItemData plot = last;
  ImGui::ItemAdd(box, 0);
  annotate_item(label, role, value);
  last = plot;
}

float legend_width(std::span<const PlotSeries> series) {
  float width = -kGap;
  for (const PlotSeries& s : series)
    if (!s.label.empty()) width += entry_width(s) + kGap;
  return std::max(width, 0.0f);
}

int draw_legend(std::span<const PlotSeries> series, const LegendRoom& room) {
  return Legend(series, room).draw();
}

}  // namespace descent::web::widgets
