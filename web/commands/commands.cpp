// SPDX-License-Identifier: MIT
// Commands to the sampler, and tables. The commands to the race and to the trainer have files of their own.
#include "web/commands/commands.h"

#include <memory>
#include <utility>

#include "engine/script/status_json.h"
#include "engine/survey/survey_csv.h"

namespace descent::web {

// A Table writes a table and offers it to the person; from any thread.
struct Commands::Table {
  Host::JobWorker& jobs;
  PostToMain post_to_main;
  OfferTable offer;

  // `text` runs on the worker for jobs: a table may have a million lines.
  void write(const std::string& what, std::function<std::string()> text) const {
    jobs.post([to_main = post_to_main, offer = offer, name = "descent-" + what + ".csv",
               text = std::move(text)](parallel::Jobs&) {
      auto written = std::make_shared<const std::string>(text());
      to_main([offer, name, written] { offer(name, *written); });
    });
  }
};

Commands::Table Commands::table() {
  return {host_.jobs(), post_to_main_, offer_table_};
}

Commands::Commands(Host& host, UiState& ui, PostToMain post_to_main, OfferTable offer_table)
    : host_(host), ui_(ui), post_to_main_(std::move(post_to_main)), offer_table_(std::move(offer_table)) {}

void Commands::step_chains() {
  ui_.sampling_runs = false;
  host_.sampler().post([](sampling::Sampler& sampler) {
    sampler.pause();
    sampler.step(1);
  });
}

void Commands::reset_chains() {
  ui_.sampling_runs = false;
  host_.sampler().post([](sampling::Sampler& sampler) { sampler.reset(); });
}

// The race's own worker copies its record, which may be long.
void Commands::download_race() {
  host_.race().post([table = table()](race::Race& race) {
    auto shown = std::make_shared<race::RaceSnapshot>();
    race.publish(*shown);
    table.write(shown->config.surface, [shown] { return script::race_csv(*shown); });
  });
}

void Commands::download_sweep(const survey::RateSweepSnapshot& sweep) {
  table().write("rates-" + sweep.config.surface.surface, [sweep] { return survey::sweep_csv(sweep); });
}

void Commands::download_heat_map(const survey::HeatMapSnapshot& map) {
  table().write("map-" + map.config.surface.surface, [map] { return survey::heat_map_csv(map); });
}

void Commands::download_basins(const survey::BasinSnapshot& map) {
  table().write("basins-" + map.config.surface.surface, [map] { return survey::basins_csv(map); });
}

}  // namespace descent::web
