// SPDX-License-Identifier: MIT
#include "web/panels/surfaces/tabs/chain_rule_canvas.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "engine/core/fill.h"
#include "web/model/words/number_format.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::palette;

constexpr float kNodeWidth = 128, kNodeHeight = 44;
constexpr float kColumn = 190, kRow = 56;  // distances of nodes, at zoom 1
constexpr float kLeast = 0.25F, kMost = 2.5F;
constexpr float kReadable = 0.6F;   // zoom below which a whole graph is not shown by itself
constexpr float kFollowed = 0.72F;  // largest zoom at which the step is followed then
constexpr float kLeastText = 0.42F;
constexpr float kLetters = 0.76F;  // size in small graphs, as far as their nodes hold them
constexpr float kWheel = 1.15F;
constexpr float kMargin = 10;
constexpr std::string_view kBar = "\u0304";

}  // namespace

float draw_barred(ImDrawList* list, ImVec2 at, ImU32 color, std::string_view text, float scale) {
  ImFont* font = ImGui::GetFont();
  const float size = ImGui::GetFontSize() * scale;
  const auto width = [&](std::string_view part) {
    return part.empty() ? 0.0F : font->CalcTextSizeA(size, 1e9F, 0, part.data(), part.data() + part.size()).x;
  };
  const float start = at.x;
  while (!text.empty()) {
    const std::size_t bar = text.find(kBar);
    const std::string_view part = text.substr(0, bar);
    if (!part.empty()) list->AddText(font, size, at, color, part.data(), part.data() + part.size());
    const float right = at.x + width(part);
    text.remove_prefix(std::min(text.size(), bar == std::string_view::npos ? text.size() : bar + kBar.size()));
    if (bar != std::string_view::npos) {
      std::size_t letters = part.size();
      const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; };
      while (letters > 0 && letter(part[letters - 1])) --letters;
      const float y = at.y + 0.2F * size;
      list->AddLine(ImVec2(at.x + width(part.substr(0, letters)), y), ImVec2(right, y), color, std::max(1.0F, scale));
    }
    at.x = right;
  }
  return at.x - start;
}

// A Frame is what one drawing needs.
struct ChainCanvas::Frame {
  const ChainRule& rule;
  ChainState state;
  ImVec2 low, size;
  float zoom = 1;
  ImVec2 offset;
  ImDrawList* list = nullptr;

  [[nodiscard]] ImVec2 content() const {
    return ImVec2(kColumn * static_cast<float>(rule.layout.layers - 1) + kNodeWidth,
                  kRow * (rule.layout.rows - 1) + kNodeHeight);
  }
  // The middle of a place of the layout.
  [[nodiscard]] ImVec2 at(const ChainPlace& place) const {
    return ImVec2(low.x + offset.x + zoom * (kColumn * place.x + kNodeWidth / 2),
                  low.y + offset.y + zoom * (kRow * place.y + kNodeHeight / 2));
  }
  [[nodiscard]] bool value_known(int node) const { return state.valued[static_cast<std::size_t>(node)]; }
  [[nodiscard]] bool adjoint_known(int node) const { return state.reached[static_cast<std::size_t>(node)]; }

  [[nodiscard]] ImRect step_box(bool inputs) const;
  void edge(const ChainEdge& edge) const;
  void node(std::size_t index) const;
};

void ChainCanvas::Frame::edge(const ChainEdge& edge) const {
  const int to = rule.drawn[static_cast<std::size_t>(edge.to)];
  const bool current = state.current == to;
  const bool done = state.backward ? adjoint_known(to) : value_known(to);
  const widgets::Palette& p = palette();
  const ImU32 active = state.backward ? p.warning : p.accent;
  const ImU32 color = current ? active : widgets::with_alpha(p.text_faint, done ? 0.9F : 0.4F);
  const float thick = (current ? 2.4F : 1.3F) * std::max(zoom, 0.6F);
  const float half = zoom * kNodeWidth / 2;
  ImVec2 from = at(rule.layout.nodes[static_cast<std::size_t>(edge.from)]);
  from.x += half;
  ImVec2 last = at(rule.layout.nodes[static_cast<std::size_t>(edge.to)]);
  last.x -= half;
  // Two inputs arrive one above the other.
  const autodiff::GraphNode& target = rule.node(to);
  if (target.inputs[0] == target.inputs[1]) last.y += zoom * (edge.input == 0 ? -6.0F : 6.0F);
  const auto piece = [&](ImVec2 a, ImVec2 b) {
    const float bend = (b.x - a.x) / 2;
    list->AddBezierCubic(a, ImVec2(a.x + bend, a.y), ImVec2(b.x - bend, b.y), b, color, thick);
  };
  for (const ChainPlace& bend : edge.bends) {
    const ImVec2 middle = at(bend);
    const ImVec2 in(middle.x - half, middle.y), out(middle.x + half, middle.y);
    piece(from, in);
    list->AddLine(in, out, color, thick);
    from = out;
  }
  piece(from, last);
  const float tip = zoom * 6;
  if (current && state.backward)
    list->AddTriangleFilled(ImVec2(from.x, from.y), ImVec2(from.x + 1.6F * tip, from.y - tip),
                            ImVec2(from.x + 1.6F * tip, from.y + tip), color);
  else
    list->AddTriangleFilled(last, ImVec2(last.x - 1.6F * tip, last.y - tip * 0.8F),
                            ImVec2(last.x - 1.6F * tip, last.y + tip * 0.8F), color);
  if (zoom < kLeastText || !(done || current)) return;
  const std::string label = display_number(target.partials[static_cast<std::size_t>(edge.input)], 3);
  const float letters = ImGui::GetFontSize() * std::min(zoom, 1.0F) * 0.92F;
  const float width = ImGui::GetFont()->CalcTextSizeA(letters, 1e9F, 0, label.c_str()).x;
  const ImVec2 text(from.x + 0.62F * (last.x - from.x) - width / 2, from.y + 0.7F * (last.y - from.y) - letters / 2);
  list->AddRectFilled(ImVec2(text.x - 2, text.y), ImVec2(text.x + width + 2, text.y + letters),
                      widgets::with_alpha(p.background, 0.85F), 3);
  list->AddText(ImGui::GetFont(), letters, text, current ? color : p.text_muted, label.c_str());
}

void ChainCanvas::Frame::node(std::size_t index) const {
  const int i = rule.drawn[index];
  const autodiff::GraphNode& node = rule.node(i);
  const ImVec2 middle = at(rule.layout.nodes[index]);
  const ImVec2 half(zoom * kNodeWidth / 2, zoom * kNodeHeight / 2);
  const ImVec2 corner(middle.x - half.x, middle.y - half.y), end(middle.x + half.x, middle.y + half.y);
  if (end.x < low.x || corner.x > low.x + size.x || end.y < low.y || corner.y > low.y + size.y) return;
  const widgets::Palette& p = palette();
  const bool current = state.current == i, leaf = autodiff::inputs_of(node.op) == 0;
  const ImU32 active = state.backward ? p.warning : p.accent;
  list->AddRectFilled(corner, end, leaf ? p.background : p.raised, 6 * zoom);
  list->AddRect(corner, end, current ? active : p.separator, 6 * zoom, ImDrawFlags_None, current ? 2.2F : 1.2F);
  if (node.at_kink) list->AddCircleFilled(ImVec2(end.x - 7 * zoom, corner.y + 7 * zoom), 3 * zoom, p.danger);
  const std::string title = leaf ? rule.name(i) : core::fill("{} = {}", rule.name(i), operation_text(rule, i));
  ImGui::ItemAdd(ImRect(corner, end), 0);  // for annotate_item; takes no room in the layout
  annotate_item("node " + rule.name(i), "node", node.value, title);
  if (zoom < kLeastText) return;
  const float scale = std::clamp(zoom, std::min(1.2F * zoom, kLetters), 1.25F), line = ImGui::GetFontSize() * scale,
              pad = 7 * zoom;
  list->PushClipRect(ImVec2(corner.x + 2, corner.y), ImVec2(end.x - 2, end.y), true);
  ImFont* font = ImGui::GetFont();
  list->AddText(font, line, ImVec2(corner.x + pad, middle.y - line - 1 * zoom), p.text, title.c_str());
  if (value_known(i))
    list->AddText(font, line, ImVec2(corner.x + pad, middle.y + 1 * zoom), p.accent,
                  display_number(node.value, 4).c_str());
  if (adjoint_known(i)) {
    const std::string adjoint = display_number(state.adjoint[static_cast<std::size_t>(i)], 4);
    const float width = font->CalcTextSizeA(line, 1e9F, 0, adjoint.c_str()).x;
    list->AddText(font, line, ImVec2(end.x - pad - width, middle.y + 1 * zoom), p.warning, adjoint.c_str());
  }
  list->PopClipRect();
}

// The box round the node of the step, with its inputs if wanted; before the first step round the inputs of the formula.
// It is in points at zoom 1.
ImRect ChainCanvas::Frame::step_box(bool inputs) const {
  ImRect box(1e9F, 1e9F, -1e9F, -1e9F);
  const auto add = [&](std::size_t index) {
    const ChainPlace& place = rule.layout.nodes[index];
    const ImVec2 corner(kColumn * place.x, kRow * place.y);
    box.Add(ImRect(corner, ImVec2(corner.x + kNodeWidth, corner.y + kNodeHeight)));
  };
  for (std::size_t i = 0; i < rule.drawn.size(); ++i)
    if (state.current < 0 ? rule.layout.nodes[i].x == 0 : rule.drawn[i] == state.current) add(i);
  for (const ChainEdge& edge : rule.layout.edges)
    if (inputs && state.current >= 0 && rule.drawn[static_cast<std::size_t>(edge.to)] == state.current)
      add(static_cast<std::size_t>(edge.from));
  return box;
}

// Shows the whole graph; where that could not be read, what the step is about.
void ChainCanvas::aim(const Frame& frame) {
  const ImVec2 content = frame.content();
  const auto fitting = [&](ImVec2 extent) {
    return std::min((frame.size.x - 2 * kMargin) / extent.x, (frame.size.y - 2 * kMargin) / extent.y);
  };
  const float whole = fitting(content);
  const ImRect box = frame.step_box(true), node = frame.step_box(false);
  zoom_ = whole >= kReadable ? std::min(whole, 1.15F) : std::clamp(fitting(box.GetSize()), kReadable, kFollowed);
  // Inputs that are too far away for both to be seen give way to the node.
  const auto keep = [&](ImVec2 all, ImVec2 one, float room, float extent) {
    const float most = room - 2 * kMargin;
    if (zoom_ * extent <= most) return (room - zoom_ * extent) / 2;
    const ImVec2 shown = zoom_ * (all.y - all.x) <= most + 1 ? all : one;
    return std::clamp(room / 2 - zoom_ * (shown.x + shown.y) / 2, room - kMargin - zoom_ * extent, kMargin);
  };
  offset_ = ImVec2(keep(ImVec2(box.Min.x, box.Max.x), ImVec2(node.Min.x, node.Max.x), frame.size.x, content.x),
                   keep(ImVec2(box.Min.y, box.Max.y), ImVec2(node.Min.y, node.Max.y), frame.size.y, content.y));
}

void ChainCanvas::look(const PanelContext& context, const Frame& frame, bool hovered, bool held) {
  const ImGuiIO& io = ImGui::GetIO();
  const auto zoom = [&](float factor, ImVec2 around) {
    const float wanted = std::clamp(zoom_ * factor, kLeast, kMost);
    const ImVec2 from(around.x - frame.low.x, around.y - frame.low.y);
    offset_ = ImVec2(from.x + (offset_.x - from.x) * wanted / zoom_, from.y + (offset_.y - from.y) * wanted / zoom_);
    zoom_ = wanted;
    moved_ = true;
  };
  const Gesture& fingers = context.gesture;
  const auto inside = [&](float x, float y) {
    return x >= frame.low.x && y >= frame.low.y && x < frame.low.x + frame.size.x && y < frame.low.y + frame.size.y;
  };
  if (fingers.active && inside(fingers.center_x, fingers.center_y)) {
    offset_.x += fingers.pan_x;
    offset_.y += fingers.pan_y;
    zoom(fingers.scale, ImVec2(fingers.center_x, fingers.center_y));
    return;
  }
  if (hovered && io.MouseWheel != 0) zoom(std::pow(kWheel, io.MouseWheel), io.MousePos);
  if (!held || !ImGui::IsMouseDragging(ImGuiMouseButton_Left, 4)) return;
  offset_.x += io.MouseDelta.x;
  offset_.y += io.MouseDelta.y;
  moved_ = true;
}

int ChainCanvas::draw(const PanelContext& context, const ChainRule& rule, int step, ImVec2 size) {
  const auto item =
      widgets::submit_item("chain rule graph", size, "canvas", static_cast<double>(zoom_), rule.surface.expression);
  if (!item.visible) return -1;
  Frame frame{rule, chain_state(rule, step), item.box.Min, size, 1, {}, ImGui::GetWindowDrawList()};
  if (shown_ != rule.surface.expression) moved_ = false;
  shown_ = rule.surface.expression;
  if (step_ != step) moved_ = moved_ && zoom_ * frame.content().x < size.x;
  step_ = step;
  look(context, frame, item.hovered, item.held);
  if (!moved_) aim(frame);
  frame.zoom = zoom_;
  frame.offset = offset_;
  widgets::push_font(widgets::Font::small);
  ImGui::PushClipRect(item.box.Min, item.box.Max, true);
  for (const ChainEdge& edge : rule.layout.edges)
    if (rule.drawn[static_cast<std::size_t>(edge.to)] != frame.state.current) frame.edge(edge);
  for (const ChainEdge& edge : rule.layout.edges)
    if (rule.drawn[static_cast<std::size_t>(edge.to)] == frame.state.current) frame.edge(edge);
  for (std::size_t i = 0; i < rule.drawn.size(); ++i) frame.node(i);
  ImGui::PopClipRect();
  widgets::pop_font();
  widgets::draw_focus_ring(item);
  if (!item.pressed || ImGui::GetIO().MouseDragMaxDistanceSqr[0] > 16) return -1;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  for (std::size_t i = 0; i < rule.drawn.size(); ++i) {
    const ImVec2 middle = frame.at(rule.layout.nodes[i]);
    if (std::abs(mouse.x - middle.x) < frame.zoom * kNodeWidth / 2 &&
        std::abs(mouse.y - middle.y) < frame.zoom * kNodeHeight / 2)
      return rule.drawn[i];
  }
  return -1;
}

}  // namespace descent::web
