// SPDX-License-Identifier: MIT
#include "web/panels/network/curves.h"

#include <imgui.h>

#include <array>
#include <vector>

#include "web/widgets/plot.h"
#include "web/widgets/theme.h"

namespace descent::web {

void NetworkCurves::refill(Columns& columns, const std::vector<training::CurvePoint>& curve) {
  columns.epoch.clear();
  columns.loss.clear();
  columns.accuracy.clear();
  for (const training::CurvePoint& point : curve) {
    columns.epoch.push_back(point.epoch);
    columns.loss.push_back(point.loss);
    columns.accuracy.push_back(point.accuracy);
  }
}

void NetworkCurves::draw(PanelContext& context, CurveSize size) {
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
  const bool small = size != CurveSize::large;
  const bool stacked = context.width < (small ? 300 : 640);
  const float gap = small ? widgets::kGrid : 2 * widgets::kGrid;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(gap, gap));
  const ImVec2 box = size == CurveSize::tiny ? ImVec2(context.width, context.height)
                     : stacked               ? ImVec2(context.width, (context.height - gap) / 2)
                                             : ImVec2((context.width - gap) / 2, context.height);
  const char* hint = small ? "" : "Press Train to see it learn.";
  ImGui::BeginChild("loss", box);
  widgets::plot({.id = "network loss",
                 .title = small ? "Loss" : "Loss (cross-entropy)",
                 .x_label = small ? "" : "epoch",
                 .y_label = "",
                 .log_y = true,
                 .empty_text = hint,
                 .legend = !small},
                loss);
  ImGui::EndChild();
  if (size == CurveSize::tiny) return ImGui::PopStyleVar();
  if (!stacked) ImGui::SameLine();
  ImGui::BeginChild("accuracy", box);
  widgets::plot({.id = "network accuracy",
                 .title = "Accuracy",
                 .x_label = small ? "" : "epoch",
                 .y_label = "",
                 .share = true,
                 .empty_text = hint,
                 .legend = !small},
                accuracy);
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

}  // namespace descent::web
