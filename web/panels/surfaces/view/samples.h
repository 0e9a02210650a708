// SPDX-License-Identifier: MIT
// SurfaceFeed: what the view asks of the race's worker, heights and gradients of the shown rectangle and
// second-order data at the pointer. One request of each kind is under way at a time, for the newest wish; answers come
// as messages to the main thread, which never waits for them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "web/model/geometry/arrows.h"
#include "web/panels/page/panel.h"

namespace descent::web {

class SurfaceFeed {
 public:
  // Asks for heights unless exactly these have been asked for already.
  void want_field(PanelContext& context, const surfaces::Domain& view, int width, int height,
                  const surfaces::Domain& core);
  // True when the renderer's field belongs to the surface of the current race.
  [[nodiscard]] bool field_is_current(const PanelContext& context) const;
  // True when it is the answer to the last wish, with the parameters of the current race.
  [[nodiscard]] bool field_is_exact(const PanelContext& context) const;

  // The same for the gradients that arrows show.
  void want_gradients(PanelContext& context, const ArrowGrid& grid);
  [[nodiscard]] bool gradients_are_current(const PanelContext& context) const;
  [[nodiscard]] bool gradients_are_exact(const PanelContext& context) const;

  struct Probe {
    surfaces::Point point{};
    surfaces::LocalModel model;
  };
  void want_probe(PanelContext& context, surfaces::Point point);
  // The newest answer; empty until the first one for this surface.
  [[nodiscard]] std::optional<Probe> probe(const PanelContext& context) const;

 private:
  struct FieldKey {
    std::uint64_t config_version = 0;
    surfaces::Domain view;
    int width = 0, height = 0;
    surfaces::Domain core{};  // of heights
    [[nodiscard]] bool equals(const FieldKey& other) const;
  };
  // Shared with the messages, which may arrive after the panel is gone.
  struct Inbox {
    bool field_under_way = false;
    bool gradients_under_way = false;
    bool probe_under_way = false;
    std::string field_surface, gradients_surface;
    std::optional<FieldKey> field, gradients;  // what came last
    std::string probe_surface;
    std::optional<Probe> probe;
  };

  static bool is_answer(const std::optional<FieldKey>& asked, const std::optional<FieldKey>& came,
                        const PanelContext& context);

  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::optional<FieldKey> asked_, asked_gradients_;
  surfaces::Point probed_{};
  std::uint64_t probed_version_ = 0;
};

}  // namespace descent::web
