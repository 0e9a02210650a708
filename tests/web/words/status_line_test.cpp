// SPDX-License-Identifier: MIT
// Checks what is read out: about the chains while they are on the screen, with the numbers of the snapshot; a change of
// state soon, progress rarely.
#include "web/model/words/status_line.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace descent::web {
namespace {

sampling::SamplerSnapshot chains() {
  sampling::SamplerSnapshot sampled;
  sampled.config.method = sampling::SamplingMethod::mala;
  sampled.playing = true;
  sampled.step = 2600;
  sampled.samples = 240000;
  sampled.acceptance = 0.714;
  sampled.kl = 0.01342;
  sampled.effective = 3123.4;
  sampled.r_hat = 1.012;
  return sampled;
}

TEST_CASE("status line: chains that run, their divergence and what they are worth") {
  CHECK(
      status_line(chains()).text ==
      "Sampling: 100 chains running on double well, temperature 0.5, step 2,600. KL 0.0134 nats after 240,000 samples. "
      "Worth about 3,123 independent samples (R-hat 1.01).");
  sampling::SamplerSnapshot sampled = chains();
  sampled.r_hat = 1.3;
  CHECK(status_line(sampled).text.find("The chains disagree (R-hat 1.3)") != std::string::npos);
  sampled.playing = false;
  CHECK(status_line(sampled).text.find("100 chains at rest on") != std::string::npos);
  sampled = chains();
  sampled.samples = 0;
  sampled.burnt_in = 20;
  sampled.config.burn_in = 200;
  CHECK(status_line(sampled).text.find("Burn-in: 20 of 200") != std::string::npos);
  CHECK(status_line(sampled).text.find("KL") == std::string::npos);
}

TEST_CASE("status line: at temperature 0 where the chains gather; nothing of chains that are not shown") {
  sampling::SamplerSnapshot sampled = chains();
  sampled.config.temperature = 0;
  sampled.gatherings = {{{1, 0}, 60}, {{-1, 0}, 40}};
  const std::string text = status_line(sampled).text;
  CHECK(text.find("gradient descent") != std::string::npos);
  CHECK(text.find("60 at (1, 0)") != std::string::npos);
  CHECK(text.find("KL") == std::string::npos);
}

TEST_CASE("status line: progress is one state, a pause, another temperature range or surface another one") {
  const StatusLine before = status_line(chains());
  sampling::SamplerSnapshot later = chains();
  later.step += 1000;
  later.kl = 0.005;
  CHECK(status_line(later).state == before.state);
  CHECK(status_line(later).text != before.text);
  later.playing = false;
  CHECK(status_line(later).state != before.state);
  later = chains();
  later.config.temperature = 0;
  CHECK(status_line(later).state != before.state);
  later = chains();
  later.config.surface.surface = "himmelblau";
  CHECK(status_line(later).state != before.state);
  race::RaceSnapshot race;
  race.config.surface = "booth";
  const StatusLine ready = status_line(race);
  race.step = 10;
  CHECK(status_line(race).state == ready.state);
  race.playing = true;
  CHECK(status_line(race).state != ready.state);
}

TEST_CASE("announcer: the same words once, progress every six seconds, a new state after one") {
  Announcer announcer;
  CHECK(announcer.due(0, {"runs", "step 1"}));
  CHECK_FALSE(announcer.due(100, {"runs", "step 1"}));
  CHECK(announcer.due(100, {"runs", "step 2"}));
  CHECK_FALSE(announcer.due(105.9, {"runs", "step 3"}));
  CHECK(announcer.due(106, {"runs", "step 3"}));
  CHECK_FALSE(announcer.due(106.9, {"paused", "step 4"}));
  CHECK(announcer.due(107, {"paused", "step 4"}));
  announcer.interrupted(110);
  CHECK_FALSE(announcer.due(111, {"paused", "step 4"}));  // a toast is not talked over
  CHECK(announcer.due(116, {"paused", "step 4"}));
  int said = 0;
  Announcer minute;
  for (int i = 0; i < 600; ++i) said += minute.due(0.1 * i, {"runs", std::to_string(i)}) ? 1 : 0;
  CHECK(said == 10);
}

}  // namespace
}  // namespace descent::web
