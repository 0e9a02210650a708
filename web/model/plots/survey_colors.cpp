// SPDX-License-Identifier: MIT
// Attractors: eight colours as far as can be from each other, also as the colour-blind see them, among those that no
// run has (run_colors.h): a CIELAB distance of at least 25 from each in both themes, of 20 from one another. Then hues
// a golden angle apart.
#include "web/model/plots/survey_colors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>

namespace descent::web {
namespace {

using survey::LaneEnd;

constexpr double kShownFall = 1e12, kShownRise = 100;
constexpr int kStripe = 4;  // cells of the pattern of diverged runs

constexpr std::array<Rgb, 8> kHues{{{0.80F, 0.60F, 0.95F},
                                    {0.20F, 0.55F, 0.15F},
                                    {0.95F, 0.75F, 0.65F},
                                    {0.35F, 0.85F, 0.85F},
                                    {0.35F, 0.30F, 0.70F},
                                    {0.80F, 0.80F, 0.40F},
                                    {0.50F, 0.30F, 0.25F},
                                    {0.20F, 0.40F, 0.45F}}};

Rgb mixed(Rgb a, Rgb b, float t) {
  return {a.r + t * (b.r - a.r), a.g + t * (b.g - a.g), a.b + t * (b.b - a.b)};
}

Rgb from_hue(double turn, float lightness) {
  const auto channel = [&](double offset) {
    const double wave = std::cos(2 * std::numbers::pi * (turn + offset));
    return lightness + 0.24F * static_cast<float>(wave);
  };
  return {channel(0), channel(1.0 / 3), channel(2.0 / 3)};
}

bool drawn(const survey::HeatMapSnapshot& map, std::size_t i) {
  return std::isfinite(map.losses[i]) && map.ends[i] != LaneEnd::diverged && map.ends[i] != LaneEnd::undefined;
}

}  // namespace

std::uint32_t pixel_of(Rgb color, float alpha) {
  const auto byte = [](float v) { return static_cast<std::uint8_t>(std::lround(255 * std::clamp(v, 0.0F, 1.0F))); };
  return std::bit_cast<std::uint32_t>(
      std::array<std::uint8_t, 4>{byte(color.r), byte(color.g), byte(color.b), byte(alpha)});
}

double HeatScale::operator()(double loss) const {
  double t = 0;
  if (log)
    t = std::log(std::max(loss - base, low) / low) / std::log(high / low);
  else
    t = (loss - low) / (high - low);
  return std::clamp(t, 0.0, 1.0);
}

double HeatScale::inverse(double t) const {
  return log ? low * std::pow(high / low, t) : low + t * (high - low);
}

HeatScale heat_scale(const survey::HeatMapSnapshot& map, std::optional<double> known_minimum) {
  const double start_loss = std::isfinite(map.highest_start) ? map.highest_start : 1;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (std::size_t i = 0; i < map.losses.size(); ++i) {
    if (!drawn(map, i)) continue;
    low = std::min(low, map.losses[i]);
    high = std::max(high, map.losses[i]);
  }
  if (!(low <= high)) low = high = start_loss;
  HeatScale scale;
  // Some runs may fall without end if the surface varies with the map: a logarithm has no lower end there.
  scale.log = known_minimum && low > *known_minimum - 1e-9 * (1 + std::abs(*known_minimum));
  if (!scale.log) {
    scale.low = low;
    scale.high = std::max(std::min(high, start_loss + 0.5 * (start_loss - low)), low + 1e-9 * (1 + std::abs(low)));
    return scale;
  }
  scale.base = *known_minimum;
  const double start = start_loss - scale.base;
  const double reference = start > 0 ? start : std::max(high - scale.base, 1e-12);
  scale.low = std::max(low - scale.base, reference / kShownFall);
  scale.high = std::clamp(high - scale.base, std::max(reference, scale.low * 1.001), reference * kShownRise);
  scale.high = std::max(scale.high, scale.low * 1.001);
  return scale;
}

std::uint32_t diverged_color(Theme theme) {
  return pixel_of(escaped_color(theme));
}

std::vector<std::uint32_t> heat_pixels(const survey::HeatMapSnapshot& map, const HeatScale& scale, Theme theme) {
  const std::size_t width = map.x.size(), height = map.y.size();
  std::vector<std::uint32_t> pixels(width * height, 0);
  const Rgb plain = escaped_color(theme);
  const Rgb ink = theme == Theme::dark ? Rgb{0.62F, 0.33F, 0.33F} : Rgb{0.80F, 0.45F, 0.45F};
  const std::array<std::uint32_t, 2> diverged{pixel_of(plain), pixel_of(mixed(plain, ink, 0.55F))};
  for (std::size_t row = 0; row < height; ++row)
    for (std::size_t column = 0; column < width; ++column) {
      const std::size_t i = row * width + column;
      std::uint32_t& pixel = pixels[(height - 1 - row) * width + column];
      if (map.ends[i] == LaneEnd::diverged)
        pixel = diverged[(row + column) % kStripe == 0 ? 1 : 0];
      else if (drawn(map, i))
        pixel = pixel_of(colormap(Colormap::viridis, static_cast<float>(scale(map.losses[i]))));
    }
  return pixels;
}

Rgb attractor_color(int index, Theme theme) {
  constexpr double kGoldenTurn = 0.6180339887498949;
  const Rgb hue = index < static_cast<int>(kHues.size()) ? kHues[static_cast<std::size_t>(index)]
                                                         : from_hue(kGoldenTurn * index, 0.55F);
  return theme == Theme::dark ? hue : mixed(hue, {1, 1, 1}, 0.18F);
}

Rgb shaded(Rgb color, double share, Theme theme) {
  const Rgb far = theme == Theme::dark ? Rgb{0.055F, 0.067F, 0.086F} : Rgb{0.13F, 0.15F, 0.2F};
  return mixed(color, far, (theme == Theme::dark ? 0.78F : 0.6F) * static_cast<float>(std::clamp(share, 0.0, 1.0)));
}

Rgb unfinished_color(Theme theme) {
  return theme == Theme::dark ? Rgb{0.30F, 0.32F, 0.36F} : Rgb{0.76F, 0.78F, 0.81F};
}

Rgb escaped_color(Theme theme) {
  return theme == Theme::dark ? Rgb{0.26F, 0.11F, 0.12F} : Rgb{0.95F, 0.82F, 0.81F};
}

double step_share(std::int64_t steps, std::int64_t most) {
  if (most < 1) return 0;
  return std::sqrt(std::clamp(static_cast<double>(steps) / static_cast<double>(most), 0.0, 1.0));
}

std::vector<std::uint32_t> basin_pixels(const survey::BasinSnapshot& map, Theme theme) {
  // A table of shades: a picture has a quarter of a million cells, and few of them differ.
  constexpr int kShades = 64;
  std::vector<std::uint32_t> shades;
  for (int k = 0; k < static_cast<int>(map.attractors.size()); ++k)
    for (int s = 0; s < kShades; ++s)
      shades.push_back(pixel_of(shaded(attractor_color(k, theme), s / (kShades - 1.0), theme)));
  const std::uint32_t unfinished = pixel_of(unfinished_color(theme)), escaped = pixel_of(escaped_color(theme));
  std::vector<std::uint32_t> pixels(map.basins.size(), 0);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::uint8_t basin = map.basins[i];
    if (basin < map.attractors.size()) {
      const double share = step_share(map.steps[i], map.config.steps);
      pixels[i] = shades[basin * static_cast<std::size_t>(kShades) + static_cast<std::size_t>(share * (kShades - 1))];
    } else if (basin == survey::kBasinUnfinished) {
      pixels[i] = unfinished;
    } else if (basin == survey::kBasinDiverged) {
      pixels[i] = escaped;
    }
  }
  return pixels;
}

}  // namespace descent::web
