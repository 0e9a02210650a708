// SPDX-License-Identifier: MIT
#include "web/panels/network/editor.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/number_text.h"
#include "engine/nn/initialization.h"
#include "engine/nn/layer.h"
#include "engine/nn/plan.h"
#include "web/model/network/weight_distribution.h"
#include "web/model/words/place_words.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using widgets::kGrid;
using widgets::palette;

constexpr float kLabelColumn = 96;
constexpr const char* kUnknown = "–";
constexpr float kPad = 6;  // between a row's edges and its texts

NetworkCheck check(const PanelContext& context, const nn::NetworkSpec& spec) {
  const training::TrainerSnapshot& trainer = context.trainer;
  return check_network(spec, trainer.train_count > 0 ? static_cast<int>(trainer.class_labels.size()) : 0,
                       trainer.dataset);
}

// Wrapped, in small letters.
void problem(const std::string& sentence) {
  widgets::push_font(widgets::Font::small);
  ImGui::PushStyleColor(ImGuiCol_Text, palette().danger);
  const std::string lines = widgets::wrap_words(sentence, ImGui::GetContentRegionAvail().x);
  ImGui::TextUnformatted(lines.c_str());
  annotate_item("network problem", "text", {}, sentence);
  ImGui::PopStyleColor();
  widgets::pop_font();
}

// How weights begin; -1: not all alike. True when another one was chosen.
bool initialization_menu(std::string_view label, std::string_view shown, int& chosen) {
  std::vector<std::string_view> titles;
  for (int i = 0; i <= static_cast<int>(nn::kInitSpec.maximum); ++i)
    titles.push_back(scheme_title(static_cast<nn::InitializationScheme>(i)));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  widgets::draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + widgets::control_height() / 2),
                     at.x + kLabelColumn - 4, palette().text_muted, shown);
  ImGui::SetCursorScreenPos(ImVec2(at.x + kLabelColumn, at.y));
  return widgets::combo("##" + std::string(label), chosen, titles, nn::kInitSpec.doc);
}

constexpr std::string_view kOutputHead = "output", kParametersHead = "weights";

// The texts of one row, and of all rows how wide their columns are.
struct Row {
  std::string title, brief, output, parameters;
};
struct Columns {
  float number = 0, output = 0, parameters = 0;
};

std::vector<Row> rows_of(const nn::NetworkSpec& spec, const nn::Outline& outline, Columns& columns) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < spec.layers.size(); ++i) {
    Row row{describe(spec.layers[i]), describe(spec.layers[i], true), kUnknown, kUnknown};
    if (i < outline.layers.size()) {
      row.output = extents_text(outline.layers[i].output);
      row.parameters = core::grouped(outline.layers[i].parameters);
    }
    columns.output = std::max(columns.output, widgets::text_width(row.output));
    columns.parameters = std::max(columns.parameters, widgets::text_width(row.parameters));
    rows.push_back(std::move(row));
  }
  columns.number = widgets::text_width("00");
  columns.output = std::max(columns.output, widgets::text_width(kOutputHead));
  columns.parameters = std::max(columns.parameters, widgets::text_width(kParametersHead));
  return rows;
}

// The heads of the columns stand over them, in the small letters of the rows.
void draw_heads(const Columns& columns) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float middle = at.y + ImGui::GetTextLineHeight() / 2;
  const float right = at.x + ImGui::GetContentRegionAvail().x - kPad, shapes = right - columns.parameters - kGrid;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const auto write = [&](float x, std::string_view text) {
    widgets::draw_text(list, ImVec2(x, middle), x + widgets::text_width(text) + 1, palette().text_faint, text);
  };
  write(at.x + kPad + columns.number + kPad, "layer");
  write(shapes - widgets::text_width(kOutputHead), kOutputHead);
  write(right - widgets::text_width(kParametersHead), kParametersHead);
  ImGui::Dummy(ImVec2(0, ImGui::GetTextLineHeight()));
}

// True when it was pressed.
bool draw_row(int i, const Row& row, const Columns& columns, bool unfolded, bool wrong) {
  const std::string name = core::fill("layer {}", i);
  const std::string text = core::fill("{}, {}, {}", row.title, row.output, row.parameters);
  const float height = widgets::touch_metrics() ? widgets::control_height() : 28;
  const widgets::Item item =
      widgets::submit_item(name, ImVec2(ImGui::GetContentRegionAvail().x, height), "button", unfolded ? 1 : 0, text);
  widgets::tooltip(
      row.output == kUnknown
          ? core::fill("{}. A layer up to here does not fit. A click shows what can be changed.", row.title)
          : core::fill("{}. Its output is {}; it has {} parameters. A click shows what can be changed.", row.title,
                       row.output, row.parameters));
  if (!item.visible) return item.pressed;
  const widgets::Palette& p = palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImRect& box = item.box;
  list->AddRectFilled(box.Min, box.Max, item.held ? p.pressed : item.hovered ? p.hover : p.raised, 4);
  const float middle = box.GetCenter().y, right = box.Max.x - kPad;
  if (unfolded || wrong)
    list->AddRectFilled(ImVec2(box.Min.x, middle - 7), ImVec2(box.Min.x + 3, middle + 7), wrong ? p.danger : p.accent,
                        2);
  widgets::push_font(widgets::Font::small);
  const auto at_right = [&](float x, const std::string& cell, ImU32 color) {
    widgets::draw_text(list, ImVec2(x - widgets::text_width(cell), middle), x + 1, color, cell);
  };
  at_right(right, row.parameters, row.parameters == "0" ? p.text_faint : p.text);
  const float shapes = right - columns.parameters - kGrid;
  at_right(shapes, row.output, p.text_muted);
  const float left = box.Min.x + kPad + columns.number + kPad, end = shapes - columns.output - kGrid;
  at_right(left - kPad, std::to_string(i), p.text_faint);
  const bool fits = widgets::text_width(row.title) <= end - left;
  widgets::draw_text(list, ImVec2(left, middle), end, p.text, fits ? row.title : row.brief);
  widgets::pop_font();
  widgets::draw_focus_ring(item);
  return item.pressed;
}

}  // namespace

const nn::NetworkSpec& shown_network(const UiState& ui) {
  return ui.draft ? *ui.draft : ui.trainer.network;
}

// Three buttons, each wider than its text by as much.
void NetworkEditor::draw_moves(nn::NetworkSpec& spec, int i) {
  constexpr const char *kUp = "Move up", *kDown = "Move down", *kRemove = "Remove";
  float pad = ImGui::GetContentRegionAvail().x - 2 * kGrid;
  for (const char* label : {kUp, kDown, kRemove}) pad -= widgets::text_width(label);
  const auto pressed = [&](const char* label, const char* help, bool enabled) {
    ImGui::SetNextItemWidth(widgets::text_width(label) + pad / 3);
    return widgets::button(label, widgets::Icon::none, help, enabled);
  };
  const int count = static_cast<int>(spec.layers.size());
  if (pressed(kUp, "Changes places with the layer before it.", i > 0)) unfolded_ = move_layer(spec, i, -1);
  ImGui::SameLine(0, kGrid);
  if (pressed(kDown, "Changes places with the layer behind it.", i + 1 < count)) unfolded_ = move_layer(spec, i, 1);
  ImGui::SameLine(0, kGrid);
  if (!pressed(kRemove, "Takes this layer out.", count > 1)) return;
  remove_layer(spec, i);
  unfolded_ = -1;
}

void NetworkEditor::draw_unfolded(nn::NetworkSpec& spec, int i) {
  nn::LayerSpec& layer = spec.layers[static_cast<std::size_t>(i)];
  const nn::LayerType* known = nn::find_layer_type(layer.type);
  ImGui::Indent(kGrid);
  const std::string owner = core::fill("layer {}", i);
  if (known != nullptr) {
    widgets::note(known->info->doc);
    for (const core::ParamSpec& parameter : known->info->parameters) {
      double value = parameter_value(layer, parameter);
      if (parameter.name == nn::kInitSpec.name) {
        int chosen = static_cast<int>(value);
        if (initialization_menu(owner + " init", "first weights", chosen)) set_parameter(layer, parameter, chosen);
      } else if (widgets::param_slider(owner, parameter, value)) {
        set_parameter(layer, parameter, value);
      }
    }
  }
  draw_moves(spec, i);
  ImGui::Unindent(kGrid);
}

void NetworkEditor::draw_rows(const NetworkCheck& checked, nn::NetworkSpec& spec) {
  widgets::push_font(widgets::Font::small);
  Columns columns;
  const std::vector<Row> rows = rows_of(spec, checked.outline, columns);
  draw_heads(columns);
  widgets::pop_font();
  const int shown = unfolded_;  // in this frame
  for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
    const bool open = i == shown, wrong = i == checked.wrong;
    const bool tight = !open && !wrong && i + 1 < static_cast<int>(rows.size());
    if (tight) ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(kGrid, 2));
    if (draw_row(i, rows[static_cast<std::size_t>(i)], columns, open, wrong)) unfolded_ = open ? -1 : i;
    if (tight) ImGui::PopStyleVar();
    if (wrong) problem(checked.sentence);
    if (open) draw_unfolded(spec, i);
  }
}

void NetworkEditor::draw_foot(nn::NetworkSpec& spec) {
  std::vector<std::string_view> titles;
  for (const nn::LayerInfo* info : nn::layer_catalog()) titles.push_back(info->title);
  if (spec.layers.size() < nn::kMaxLayers) {
    const int added = widgets::menu_button("Add layer", widgets::Icon::plus, true, -1, titles,
                                           "Adds a layer behind the one that is unfolded, or before the last fully "
                                           "connected one.");
    if (added >= 0)
      unfolded_ = insert_layer(spec, nn::layer_catalog()[static_cast<std::size_t>(added)]->name, unfolded_);
  }
  int common = common_initialization(spec);
  if (initialization_menu("First weights", "First weights", common)) initialize_all(spec, common);
}

void NetworkEditor::draw(PanelContext& context) {
  UiState& ui = context.ui;
  nn::NetworkSpec spec = shown_network(ui);
  const nn::NetworkSpec before = spec;
  if (unfolded_ >= static_cast<int>(spec.layers.size())) unfolded_ = -1;
  const NetworkCheck checked = check(context, spec);
  draw_rows(checked, spec);
  draw_foot(spec);
  const bool whole = checked.outline.fits.ok();
  widgets::readout("Layers", std::to_string(before.layers.size()));
  widgets::readout("Parameters", whole ? core::grouped(checked.outline.parameters) : kUnknown);
  widgets::readout("Activations an image", whole ? core::grouped(checked.activations) : kUnknown);
  if (!(spec == before)) ui.draft = std::move(spec);
}

void draw_draft_bar(PanelContext& context) {
  std::optional<nn::NetworkSpec>& draft = context.ui.draft;
  if (draft && same_network(*draft, context.trainer.config.network)) draft.reset();
  if (!draft) return;
  const NetworkCheck checked = check(context, *draft);
  const bool fits = checked.sentence.empty();
  const std::string why = fits ? "The changed network is not in use yet." : checked.sentence;
  if (!context.low) {
    if (fits)
      widgets::note(why);
    else
      problem(why);
  }
  const float half = (ImGui::GetContentRegionAvail().x - kGrid) / 2;
  ImGui::PushItemWidth(half);
  if (widgets::button("Use this network", widgets::Icon::none,
                      fits ? "Starts training anew with the changed network: weights and curves of the present one are "
                             "dropped."
                           : why,
                      fits)) {
    training::TrainerConfig config = context.ui.trainer;
    config.network = *draft;
    context.commands.configure_network(std::move(config));
  }
  ImGui::SameLine(0, kGrid);
  if (widgets::button("Undo changes", widgets::Icon::none, "Back to the network that is in use.")) draft.reset();
  ImGui::PopItemWidth();
}

}  // namespace descent::web
