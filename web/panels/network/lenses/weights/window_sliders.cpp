// SPDX-License-Identifier: MIT
// WindowView: its sliders.
#include <imgui.h>

#include <algorithm>

#include "web/panels/network/lenses/weights/window_view.h"
#include "web/widgets/controls.h"

namespace descent::web {
namespace {

struct WindowSlider {
  int WindowChoice::*value;
  bool pooling;  // poolings have it too
  core::ParamSpec spec;
};
constexpr core::ParamSpec spec_of(std::string_view name, double least, double most, std::string_view doc) {
  return {.name = name,
          .default_value = least,
          .minimum = least,
          .maximum = most,
          .doc = doc,
          .kind = core::ParamKind::integer,
          .slider_minimum = least,
          .slider_maximum = most};
}
constexpr WindowSlider kSliders[] = {
    {&WindowChoice::size, true, spec_of("size_H", 1, kMostWindowSize, "Side of the piece of the digit that is read.")},
    {&WindowChoice::kernel, true, spec_of("kernel_k", 1, kMostWindowKernel, "Side of the window.")},
    {&WindowChoice::stride, true, spec_of("stride_s", 1, kMostWindowStride, "How far the window moves at a time.")},
    {&WindowChoice::padding, true,
     spec_of("padding_p", 0, kMostWindowPadding, "Rows and columns of zeros on each side of the input.")},
    {&WindowChoice::dilation, false,
     spec_of("dilation_d", 1, kMostWindowDilation, "Distance of the pixels that neighbouring weights read.")},
    {&WindowChoice::filter, false, spec_of("filter", 0, 1023, "Which filter of the network's first convolution.")},
};

}  // namespace

void WindowView::draw_sliders(PanelContext& context) {
  WindowChoice& choice = context.ui.lens.window;
  const float room = ImGui::GetContentRegionAvail().x;
  const int columns = room >= kWide ? 3 : 2;
  const float width = (room - kGap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  int placed = 0;
  for (WindowSlider slider : kSliders) {
    if (choice.operation != WindowOperation::convolution && !slider.pooling) continue;
    if (slider.value == &WindowChoice::padding) slider.spec.slider_maximum = most_padding(choice);
    if (slider.value == &WindowChoice::filter) {
      if (!study_.network) continue;
      slider.spec.slider_maximum = filters_ - 1;
    }
    if (slider.spec.slider_maximum <= slider.spec.minimum) continue;
    if (placed++ % columns > 0) ImGui::SameLine(0, kGap);
    ImGui::BeginGroup();
    ImGui::PushItemWidth(width);
    double value = std::min(static_cast<double>(choice.*slider.value), slider.spec.slider_maximum);
    if (widgets::param_slider("window", slider.spec, value)) choice.*slider.value = static_cast<int>(value);
    ImGui::PopItemWidth();
    ImGui::EndGroup();
  }
}

}  // namespace descent::web
