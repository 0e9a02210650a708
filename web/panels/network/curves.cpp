// SPDX-License-Identifier: MIT
#include "web/panels/network/curves.h"

#include <imgui.h>

#include <array>
#include <vector>

#include "web/widgets/plot.h"
#include "web/widgets/theme.h"

namespace descent::web {
namespace {

class NetworkViewPanel : public Panel {
 public:
  void draw(PanelContext& context) override;

 private:
  // One curve's columns as the plot wants them.
  struct Columns {
    std::vector<double> epoch, loss, accuracy;
  };
  static void refill(Columns& columns, const std::vector<training::CurvePoint>& curve);

  Columns train_, test_;
};

void NetworkViewPanel::refill(Columns& columns, const std::vector<training::CurvePoint>& curve) {
  columns.epoch.clear();
  columns.loss.clear();
  columns.accuracy.clear();
  for (const training::CurvePoint& point : curve) {
    columns.epoch.push_back(point.epoch);
    columns.loss.push_back(point.loss);
    columns.accuracy.push_back(point.accuracy);
  }
}

void NetworkViewPanel::draw(PanelContext& context) {
  refill(train_, context.trainer.train_curve);
  refill(test_, context.trainer.test_curve);
  const ImU32 train_color = widgets::runner_color(0);
  const ImU32 test_color = widgets::runner_color(1);
  const std::array<widgets::PlotSeries, 2> loss{{
      {.label = "training", .color = train_color, .y = train_.loss, .x = train_.epoch},
      {.label = "test", .color = test_color, .y = test_.loss, .x = test_.epoch, .markers = true},
  }};
  const std::array<widgets::PlotSeries, 2> accuracy{{
      {.label = "training", .color = train_color, .y = train_.accuracy, .x = train_.epoch},
      {.label = "test", .color = test_color, .y = test_.accuracy, .x = test_.epoch, .markers = true},
  }};
  const bool stacked = context.width < 640;
  const float gap = 2 * widgets::kGrid;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
  const ImVec2 size =
      stacked ? ImVec2(context.width, (context.height - gap) / 2) : ImVec2((context.width - gap) / 2, context.height);
  const char* hint = "Press Train to see it learn.";
  ImGui::BeginChild("loss", size);
  widgets::plot({.id = "network loss",
                 .title = "Loss (cross-entropy)",
                 .x_label = "epoch",
                 .y_label = "",
                 .log_y = true,
                 .empty_text = hint},
                loss);
  ImGui::EndChild();
  if (!stacked) ImGui::SameLine();
  ImGui::BeginChild("accuracy", size);
  widgets::plot({.id = "network accuracy",
                 .title = "Accuracy",
                 .x_label = "epoch",
                 .y_label = "",
                 .share = true,
                 .empty_text = hint},
                accuracy);
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace

std::unique_ptr<Panel> make_network_view() {
  return std::make_unique<NetworkViewPanel>();
}

}  // namespace descent::web
