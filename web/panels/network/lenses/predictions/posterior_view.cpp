// SPDX-License-Identifier: MIT
#include "web/panels/network/lenses/predictions/posterior_view.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/fill.h"
#include "engine/core/param_spec.h"
#include "web/model/words/posterior_words.h"
#include "web/panels/network/texts.h"
#include "web/widgets/controls.h"
#include "web/widgets/item.h"
#include "web/widgets/theme.h"
#include "web/widgets/ui_items.h"

namespace descent::web {
namespace {

using training::PosteriorAnswer;
using training::PosteriorMethod;
using training::PosteriorShown;

constexpr float kWidest = 640, kWidestSlider = 320;
constexpr float kLeastRow = 25, kMostRow = 36, kRail = 4;  // a number, and below it the same as a bar
constexpr float kBelow = 190;                              // of the rows: the entropy and the caption
constexpr float kEntropy = 14, kSwatch = 10;
constexpr std::size_t kMostRows = 10;
constexpr double kLeastOffered = 1e-3, kMostOffered = 1e6;

void line(std::string_view name, const std::string& text) {
  widgets::note(text);
  annotate_item(name, "text", {}, text);
}

// One number of each class, 0 … 1.
struct Column {
  std::string_view title;
  std::vector<double> shares;
};

std::vector<Column> columns_of(const training::PosteriorsShown& shown, std::size_t classes) {
  std::vector<Column> columns;
  const auto add = [&](std::string_view title, const auto& values, double scale) {
    if (values.size() != classes) return;
    columns.push_back({title, std::vector<double>(classes)});
    std::transform(values.begin(), values.end(), columns.back().shares.begin(),
                   [&](auto value) { return static_cast<double>(value) / scale; });
  };
  constexpr std::array<std::string_view, training::kPosteriorMethods> kMeans{"mean", "MALA", "dropout"};
  for (std::size_t m = 0; m < shown.size(); ++m) {
    const PosteriorAnswer* answer = shown[m].answer.get();
    if (answer == nullptr) continue;
    add("network", answer->network, 1);
    add(kMeans[m], answer->votes.mean, 1);
    if (!answer->network.empty()) add("votes", answer->votes.counts, static_cast<double>(answer->votes.samples));
  }
  return columns;
}

void draw_row(ImVec2 corner, float name, float width, float row, const std::vector<Column>& columns, std::size_t k) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const widgets::Palette& p = widgets::palette();
  const float step = (width - name) / static_cast<float>(columns.size());
  const float rail = corner.y + (row + ImGui::GetFontSize()) / 2 - 1;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::vector<double>& shares = columns[c].shares;
    const bool largest = std::max_element(shares.begin(), shares.end()) == shares.begin() + static_cast<long>(k);
    const float left = corner.x + name + step * static_cast<float>(c), right = left + step - widgets::kGrid;
    widgets::draw_text(list, ImVec2(left, corner.y + (row - kRail) / 2), right, largest ? p.text : p.text_muted,
                       share_text(shares[k]));
    list->AddRectFilled(ImVec2(left, rail), ImVec2(right, rail + kRail), p.raised, 2);
    list->AddRectFilled(ImVec2(left, rail), ImVec2(left + (right - left) * static_cast<float>(shares[k]), rail + kRail),
                        largest ? p.accent : p.text_faint, 2);
  }
}

void draw_rows(const PanelContext& context, float width) {
  const training::PosteriorsShown& shown = context.trainer.posterior;
  const std::vector<std::int32_t>& labels = context.trainer.class_labels;
  const std::vector<Column> columns = columns_of(shown, labels.size());
  if (columns.empty()) return;
  std::vector<std::size_t> rows(labels.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (rows.size() > kMostRows) {  // the most probable ones
    std::partial_sort(rows.begin(), rows.begin() + kMostRows, rows.end(), [&](std::size_t a, std::size_t b) {
      return columns.front().shares[a] > columns.front().shares[b];
    });
    rows.resize(kMostRows);
  }
  widgets::push_font(widgets::Font::small);
  const widgets::Palette& p = widgets::palette();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float name = ImGui::CalcTextSize("000").x + widgets::kGrid;
  const float height = ImGui::GetContentRegionAvail().y - kBelow - kCaption;
  const float row = std::clamp(height / static_cast<float>(rows.size()), kLeastRow, kMostRow);
  const float step = (width - name) / static_cast<float>(columns.size());
  const ImVec2 top = ImGui::GetCursorScreenPos();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::Dummy(ImVec2(width, kCaption));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const float left = top.x + name + step * static_cast<float>(c);
    widgets::draw_text(list, ImVec2(left, top.y + kCaption / 2), left + step - 2, p.text_muted, columns[c].title);
  }
  const int truth = context.trainer.inspection.label;
  for (const std::size_t k : rows) {
    const std::string text = class_sentence(shown, labels[k], k);
    const widgets::Item item = widgets::submit_item(core::fill("votes for {}", labels[k]), ImVec2(width, row), "row",
                                                    columns.back().shares[k], text);
    if (!item.visible) continue;
    widgets::draw_text(list, ImVec2(item.box.Min.x, item.box.Min.y + (row - kRail) / 2), item.box.Min.x + name,
                       static_cast<int>(k) == truth ? p.text : p.text_muted, std::to_string(labels[k]));
    draw_row(item.box.Min, name, width, row, columns, k);
    if (item.hovered) widgets::tooltip(text);
    widgets::draw_focus_ring(item);
  }
  ImGui::PopStyleVar();
  widgets::pop_font();
}

// A square in the colour of its part of the bar, and what the part means.
void draw_part(std::string_view name, ImU32 color, const std::string& text) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = at.y + (kCaption - kSwatch) / 2 - 2;
  ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(at.x, y), ImVec2(at.x + kSwatch, y + kSwatch), color, 2);
  ImGui::Indent(kSwatch + widgets::kGrid);
  line(name, text);
  ImGui::Unindent(kSwatch + widgets::kGrid);
}

void draw_entropy(const PosteriorAnswer& answer, float width) {
  const inspect::Votes& votes = answer.votes;
  line("total bits", total_sentence(answer));
  const ImU32 ink = widgets::runner_color(1), disagree = widgets::runner_color(2);
  const widgets::Item item = widgets::place_item("entropy", ImVec2(width, kEntropy), "chart", votes.entropy);
  const float share = votes.entropy > 0 ? static_cast<float>(votes.within / votes.entropy) : 0;
  const float middle = item.box.Min.x + width * std::clamp(share, 0.0F, 1.0F);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(item.box.Min, item.box.Max, votes.entropy > 0 ? disagree : widgets::palette().raised, 2);
  if (share > 0) list->AddRectFilled(item.box.Min, ImVec2(middle, item.box.Max.y), ink, 2);
  draw_part("within", ink, within_sentence(votes));
  draw_part("between", disagree, between_sentence(votes));
}

void draw_controls(PanelContext& context, const PosteriorAnswer* answer) {
  static constexpr core::ParamSpec kSpec{
      .name = "precision",
      .default_value = 1,
      .minimum = inspect::kMinPrecision,
      .maximum = inspect::kMaxPrecision,
      .scale = core::ParamScale::log,
      .doc =
          "Of the prior N(0, 1/precision) on every weight of the last layer. Small: the networks may differ widely "
          "where the training images say nothing. Large: they all stay near the present one.",
      .slider_minimum = kLeastOffered,
      .slider_maximum = kMostOffered};
  NetworkLens& lens = context.ui.lens;
  ImGui::PushItemWidth(std::min(ImGui::GetContentRegionAvail().x, kWidestSlider));
  double value = lens.precision > 0 ? lens.precision : answer != nullptr ? answer->precision : 1;
  if (widgets::param_slider("posterior", kSpec, value)) lens.precision = value;
  ImGui::PopItemWidth();
  bool own = lens.precision == 0;
  if (widgets::toggle("As wide as the weights", own,
                      "Takes the mean square of the last layer's weights for the "
                      "variance of their prior, so that they are no surprise to it."))
    lens.precision = own ? 0 : value;
  constexpr float kSwitch = 44;  // beside its words
  constexpr std::string_view kCheck = "Check by MALA";
  const float end = ImGui::GetItemRectMax().x + 2 * widgets::kGrid + widgets::text_width(kCheck) + kSwitch;
  if (end < ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x) ImGui::SameLine(0, 2 * widgets::kGrid);
  widgets::toggle(kCheck, lens.mala,
                  "A Langevin chain draws from the same posterior without the Gaussian. With 60,000 training images it "
                  "takes a minute or two, and begins anew with every change.");
  if (answer != nullptr) line("prior", prior_sentence(*answer, own));
}

}  // namespace

void draw_posterior(PanelContext& context) {
  const training::TrainerSnapshot& trainer = context.trainer;
  const training::PosteriorsShown& shown = trainer.posterior;
  const PosteriorShown& laplace = shown[static_cast<std::size_t>(PosteriorMethod::laplace)];
  const PosteriorAnswer* answer = laplace.answer.get();
  if (answer != nullptr && answer->network.size() != trainer.class_labels.size()) answer = nullptr;
  const float width = std::min(ImGui::GetContentRegionAvail().x, kWidest);
  draw_controls(context, answer);
  draw_rows(context, width);
  if (answer != nullptr) draw_entropy(*answer, width);
  ImGui::PushItemWidth(width);
  constexpr std::array<std::string_view, training::kPosteriorMethods> kWorking{
      "Reading the training images", "MALA draws networks", "Networks with dropout vote"};
  for (std::size_t m = 0; m < shown.size(); ++m) {
    const PosteriorShown& part = shown[m];
    if (part.under_way && (m != 0 || answer == nullptr)) {
      widgets::progress_bar(part.progress, kWorking[m]);
    } else if (!part.refusal.empty()) {
      line("refusal", part.refusal);
    } else if (part.answer != nullptr && m != 0) {
      line("check", total_sentence(*part.answer));
    }
  }
  ImGui::PopItemWidth();
  if (training::is_at_work(trainer.state))
    line("posterior waits", "The networks are drawn as soon as training stands still.");
  if (answer != nullptr) line("posterior caption", posterior_caption(*answer));
}

}  // namespace descent::web
