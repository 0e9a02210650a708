// SPDX-License-Identifier: MIT
#include "web/model/plots/thumbnail.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/race/height_field.h"
#include "engine/surfaces/minima.h"
#include "web/model/geometry/view_math.h"
#include "web/model/plots/colormap.h"
#include "web/model/plots/survey_colors.h"

namespace descent::web {
namespace {

// The nearest level to a value, and how far the next one of its kind is.
struct Level {
  double distance = 0, spacing = 1;
  bool major = false;
};

Level nearest_level(double value, const ValueScale& scale, const ContourLevels& levels) {
  if (!scale.log) {
    const double k = std::round(value / levels.minor);
    const bool major = std::fmod(std::abs(k), levels.major_every) == 0;
    return {std::abs(value - k * levels.minor), levels.minor * (major ? levels.major_every : 1), major};
  }
  const double above = std::max(value - scale.low, 1e-30);
  const double power = std::pow(10.0, std::floor(std::log10(above))), m = above / power;
  const double level = m < std::sqrt(2.0) ? 1 : m < std::sqrt(10.0) ? 2 : m < std::sqrt(50.0) ? 5 : 10;
  const bool major = level == 1 || level == 10;
  return {std::abs(above - level * power), (major ? 2.1 : 0.7) * above, major};
}

// Opacity of the line nearest to a value that changes by `slope` a pixel; lines close to one another fade out.
double line_opacity(const Level& level, double slope, double pixel_ratio) {
  slope = std::max(slope, 1e-30);
  const double half = (level.major ? 0.62 : 0.38) * pixel_ratio;
  const double coverage = std::clamp(half + 0.5 - level.distance / slope, 0.0, 1.0) * std::min(2 * half, 1.0);
  const double room = std::clamp((level.spacing / slope / pixel_ratio - 3) / 5, 0.0, 1.0);
  return coverage * (level.major ? 1 : 0.5) * room * room * (3 - 2 * room);
}

std::optional<double> lowest_of(const std::vector<surfaces::Minimum>& minima) {
  std::optional<double> lowest;
  for (const surfaces::Minimum& minimum : minima) lowest = std::min(lowest.value_or(minimum.value), minimum.value);
  return lowest;
}

}  // namespace

Thumbnail make_thumbnail(const surfaces::Surface& surface, const ThumbnailLook& look) {
  const surfaces::SurfaceInfo& info = surface.info();
  const surfaces::Domain shown = expand_to_aspect(info.domain, look.width, look.height);
  const race::HeightField field = race::sample_heights(surface, shown, look.width, look.height);
  const std::vector<surfaces::Minimum> minima = surfaces::find_minima(surface, info.domain);
  const std::optional<double> lowest = lowest_of(minima);
  const race::HeightRange around = race::height_range(surface, scale_surroundings(info.domain));
  const ValueScale scale = fit_scale(race::height_range(surface, info.domain), around, info.log_colours, lowest);
  const ContourLevels levels = contour_levels(scale);
  const bool dark = look.theme == Theme::dark;
  const Rgb ink = dark ? Rgb{1, 1, 1} : Rgb{0.10F, 0.12F, 0.2F};
  const double strength = dark ? 0.34 : 0.42;
  const auto at = [&](int column, int row) {
    column = std::clamp(column, 0, look.width - 1);
    row = std::clamp(row, 0, look.height - 1);
    return field.offset + static_cast<double>(field.values[static_cast<std::size_t>(row * look.width + column)]);
  };
  Thumbnail picture;
  picture.pixels.reserve(field.values.size());
  for (int row = look.height; row-- > 0;)
    for (int column = 0; column < look.width; ++column) {
      const double value = at(column, row);
      if (!std::isfinite(value)) {
        picture.pixels.push_back(0);
        continue;
      }
      const double slope =
          std::hypot(at(column + 1, row) - at(column - 1, row), at(column, row + 1) - at(column, row - 1)) / 2;
      const double drawn = std::isfinite(slope) ? line_opacity(nearest_level(value, scale, levels), slope,
                                                               static_cast<double>(look.pixel_ratio))
                                                : 0;
      const auto t = static_cast<float>(strength * drawn);
      const Rgb base = surface_color(look.theme, static_cast<float>(std::clamp(scale(value), 0.0, 1.0)));
      picture.pixels.push_back(
          pixel_of({base.r + t * (ink.r - base.r), base.g + t * (ink.g - base.g), base.b + t * (ink.b - base.b)}));
    }
  for (const surfaces::Minimum& minimum : minima)
    if (minimum.value <= *lowest + 1e-9 * std::max(1.0, std::abs(*lowest)) && contains(shown, minimum.point))
      picture.minima.push_back({static_cast<float>((minimum.point[0] - shown.x0) / (shown.x1 - shown.x0)),
                                static_cast<float>((shown.y1 - minimum.point[1]) / (shown.y1 - shown.y0))});
  return picture;
}

std::vector<Thumbnail> make_thumbnails(std::span<const surfaces::SurfaceChoice> surfaces, const ThumbnailLook& look) {
  std::vector<Thumbnail> pictures;
  for (const surfaces::SurfaceChoice& choice : surfaces) {
    const auto surface = surfaces::make_surface(choice);
    pictures.push_back(surface.ok() ? make_thumbnail(**surface, look) : Thumbnail{});
  }
  return pictures;
}

}  // namespace descent::web
