// SPDX-License-Identifier: MIT
// RaceQuestions: what panels ask of a surface. Each question but apart() is answered on the race's worker, after
// everything that was sent to it before, and changes nothing there; `answer` runs on the main thread, outside of any
// frame, also when the panel that asked is gone. Main thread only; no question waits.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "engine/surfaces/surface_graph.h"
#include "web/commands/commands.h"
#include "web/workers/host.h"

namespace descent::web {

class RaceQuestions {
 public:
  // An Answer gets what is answered, and for which surface: that of the race when the question was reached.
  template <class Value>
  using Answer = std::function<void(Value&& value, const surfaces::SurfaceChoice& surface)>;

  RaceQuestions(Host& host, PostToMain post_to_main) : host_(host), post_to_main_(std::move(post_to_main)) {}

  // The heights of the race's surface on a grid over `view`; width and height >= 2 (Race::sample).
  // core, around: see HeightField.
  void heights(const surfaces::Domain& view, int width, int height, const surfaces::Domain& core,
               const surfaces::Domain& around, Answer<race::HeightField> answer);
  // gradients() are the gradients of the race's surface on a grid (Race::sample_gradients).
  void gradients(const surfaces::Domain& view, int width, int height, Answer<race::GradientField> answer);
  // Value, gradient and curvature at a point; not finite where the surface has none.
  void local_model(surfaces::Point point, Answer<surfaces::LocalModel> answer);
  // apart() asks what has nothing to do with the race: `question` runs on the worker for jobs.
  template <class Value>
  void apart(std::function<Value()> question, std::function<void(Value&& value)> answer) {
    host_.jobs().post(
        [to_main = post_to_main_, question = std::move(question), answer = std::move(answer)](parallel::Jobs&) {
          auto value = std::make_shared<Value>(question());
          to_main([answer, value] { answer(std::move(*value)); });
        });
  }
  // gradient_graph() says how the gradient of any surface is computed at a point. `make` turns the graph into what the
  // panel shows, on the worker; `answer` gets its result, or the sentence that says why there is no graph.
  template <class Made>
  void gradient_graph(surfaces::SurfaceChoice surface, surfaces::Point point,
                      Made (*make)(surfaces::SurfaceGraph graph, surfaces::Point point),
                      std::function<void(core::Result<Made>&& made)> answer) {
    host_.race().post(
        [to_main = post_to_main_, surface = std::move(surface), point, make, answer = std::move(answer)](race::Race&) {
          auto graph = surfaces::make_surface_graph(surface, point);
          core::Result<Made> made = graph.ok() ? core::Result<Made>(make(std::move(graph).value(), point))
                                               : core::Result<Made>(graph.error());
          auto kept = std::make_shared<core::Result<Made>>(std::move(made));
          to_main([answer, kept] { answer(std::move(*kept)); });
        });
  }

 private:
  template <class Value>
  void ask(std::function<Value(const race::Race&)> question, Answer<Value> answer);

  Host& host_;
  PostToMain post_to_main_;
};

}  // namespace descent::web
