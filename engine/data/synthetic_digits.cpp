// SPDX-License-Identifier: MIT
// The procedural digits, see synthetic_digits.h. Everything is done to the pen's path, not to pixels: skeleton points
// jitter, Catmull–Rom curves (Catmull & Rom, 1974) make them smooth, an affine map and a smooth random field bend the
// curve, and only the result is drawn, by distance to its short straight pieces. About 20 microseconds an image.
// Transcendental functions are taken in double and rounded to float, where the last bits in which mathematical
// libraries differ disappear: the images are the same on every platform.
#include "engine/data/synthetic_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <utility>

#include "engine/core/check.h"
#include "engine/core/rng.h"
#include "engine/data/digit_skeletons.h"
#include "engine/data/pen_path.h"

namespace descent::data {

namespace {

constexpr int kPiecesPerSpan = 5;  // straight pieces between two skeleton points
constexpr std::size_t kMaxPieces = kMaxSkeletonPoints * kPiecesPerSpan;

// Streams of the seed: one for each image, and one for the order of labels.
constexpr std::uint64_t kImageStream = 1ULL << 40;
constexpr std::uint64_t kOrderStream = 2ULL << 40;
constexpr std::uint64_t kTestImages = 1ULL << 32;  // index of the first test image

float normal(core::Rng& rng, double mean, double deviation) {
  return static_cast<float>(mean + deviation * std::clamp(rng.normal(), -2.5, 2.5));
}

struct Path {
  std::array<PenPiece, kMaxPieces> pieces;
  std::size_t count = 0;

  [[nodiscard]] std::span<PenPiece> drawn() { return std::span(pieces).first(count); }
};

// --- shape -----------------------------------------------------------------------------------------------------------

// Moves every point a little, neighbours alike (a hand swerves, it does not tremble), points at the ends of strokes
// more, and whole strokes against each other. A corner's two points move together.
std::size_t jitter(std::span<const PenPoint> skeleton, core::Rng& rng, std::span<PenPoint> out) {
  DESCENT_ASSERT(skeleton.size() <= out.size());
  constexpr float kInertia = 0.6F;
  PenPoint swerve{};
  for (std::size_t i = 0; i < skeleton.size(); ++i) {
    const PenPoint point = skeleton[i];
    const bool starts = i == 0 || skeleton[i - 1] == kPenUp;
    const bool ends = i + 1 == skeleton.size() || skeleton[i + 1] == kPenUp;
    if (point == kPenUp) {
      out[i] = kPenUp;
    } else if (!starts && point == skeleton[i - 1]) {
      out[i] = out[i - 1];
    } else {
      const double deviation = starts || ends ? 4.8 : 3.2;
      const float kept = starts ? 0.0F : kInertia;
      swerve = {kept * swerve.x + normal(rng, 0, deviation), kept * swerve.y + normal(rng, 0, deviation)};
      out[i] = {point.x + swerve.x, point.y + swerve.y};
    }
  }
  return skeleton.size();
}

PenPoint catmull_rom(const PenPoint& p0, const PenPoint& p1, const PenPoint& p2, const PenPoint& p3, float t) {
  const auto blend = [t](float a, float b, float c, float d) {
    return 0.5F * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
  };
  return {blend(p0.x, p1.x, p2.x, p3.x), blend(p0.y, p1.y, p2.y, p3.y)};
}

// Smooth curves through runs of points; a run ends at a corner or where the pen is lifted.
void trace(std::span<const PenPoint> points, Path& path) {
  const auto breaks_between = [&](std::size_t i) {  // between points i and i + 1
    return points[i] == kPenUp || points[i + 1] == kPenUp || points[i] == points[i + 1];
  };
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    if (breaks_between(i)) continue;
    const PenPoint& before = i > 0 && !breaks_between(i - 1) ? points[i - 1] : points[i];
    const PenPoint& after = i + 2 < points.size() && !breaks_between(i + 1) ? points[i + 2] : points[i + 1];
    PenPoint from = points[i];
    for (int k = 1; k <= kPiecesPerSpan; ++k) {
      const float t = static_cast<float>(k) / kPiecesPerSpan;
      const PenPoint to = catmull_rom(before, points[i], points[i + 1], after, t);
      path.pieces[path.count++] = {from, to, 0};
      from = to;
    }
  }
}

// --- distortion ------------------------------------------------------------------------------------------------------

// A smooth random field of displacements: random vectors on a 4 x 4 grid, blended with smoothstep weights.
class ElasticField {
 public:
  ElasticField(core::Rng& rng, double deviation) {
    for (PenPoint& node : nodes_) node = {normal(rng, 0, deviation), normal(rng, 0, deviation)};
  }

  // p in the skeletons' square of 100 x 100; points outside take the displacement of its edge.
  [[nodiscard]] PenPoint at(const PenPoint& p) const {
    const auto [column, across] = cell(p.x);
    const auto [row, down] = cell(p.y);
    const PenPoint top = mix(node(row, column), node(row, column + 1), across);
    const PenPoint bottom = mix(node(row + 1, column), node(row + 1, column + 1), across);
    return mix(top, bottom, down);
  }

 private:
  static constexpr int kNodes = 4;

  static std::pair<int, float> cell(float coordinate) {
    const float position = std::clamp(coordinate / 100 * (kNodes - 1), 0.0F, kNodes - 1.0F);
    const int index = std::min(static_cast<int>(position), kNodes - 2);
    const float t = position - static_cast<float>(index);
    return {index, t * t * (3 - 2 * t)};
  }
  static PenPoint mix(const PenPoint& a, const PenPoint& b, float t) {
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
  }
  [[nodiscard]] const PenPoint& node(int row, int column) const {
    return nodes_[static_cast<std::size_t>(row * kNodes + column)];
  }

  std::array<PenPoint, kNodes * kNodes> nodes_;
};

// Width, slant and rotation of a hand, then the elastic field.
void distort(Path& path, core::Rng& rng) {
  const auto width = static_cast<float>(std::exp(static_cast<double>(normal(rng, std::log(0.72), 0.22))));
  const float slant = normal(rng, 0.13, 0.23);  // to the right, as most hands write
  const double angle = static_cast<double>(normal(rng, 0, 0.13));
  const auto cosine = static_cast<float>(std::cos(angle));
  const auto sine = static_cast<float>(std::sin(angle));
  const ElasticField field(rng, 5.0);
  const auto map = [&](const PenPoint& p) {
    const PenPoint bend = field.at(p);
    const float y = p.y + bend.y - 50;
    const float x = (p.x + bend.x - 50) * width - y * slant;
    return PenPoint{cosine * x - sine * y, sine * x + cosine * y};
  };
  for (std::size_t i = 0; i < path.count; ++i) {
    path.pieces[i].a = map(path.pieces[i].a);
    path.pieces[i].b = map(path.pieces[i].b);
  }
}

// --- placement and drawing -------------------------------------------------------------------------------------------

// The pen's width in pixels, and its pressure along the path: a slow wave of random phase.
void press(Path& path, core::Rng& rng) {
  const float half = std::max(0.7F, normal(rng, 1.35, 0.36));
  const float depth = normal(rng, 0, 0.12);
  const double phase = rng.uniform(0, 2 * std::numbers::pi);
  for (std::size_t i = 0; i < path.count; ++i) {
    path.pieces[i].half = half * (1 + depth * static_cast<float>(std::sin(phase + 0.25 * static_cast<double>(i))));
  }
}

}  // namespace

void draw_digit(int digit, std::uint64_t seed, std::uint64_t index, std::span<std::uint8_t> out) {
  DESCENT_ASSERT(out.size() == kDigitSize * kDigitSize);
  core::Rng rng(seed, kImageStream + index);
  const auto ways = digit_skeletons(digit);
  std::array<PenPoint, kMaxSkeletonPoints> points;
  const std::size_t count = jitter(ways[static_cast<std::size_t>(rng.below(ways.size()))], rng, points);
  Path path;
  trace(std::span(points).first(count), path);
  distort(path, rng);
  press(path, rng);
  place_pieces(path.drawn(), 1);
  std::array<float, kDigitSize * kDigitSize> coverage{};
  draw_pieces(path.drawn(), coverage);
  const double ink = rng.uniform(0.82, 1.0);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double grain = coverage[i] > 0 ? rng.uniform(0.88, 1.06) : 0.0;
    out[i] = static_cast<std::uint8_t>(std::clamp(coverage[i] * ink * grain, 0.0, 1.0) * 255 + 0.5);
  }
}

Dataset synthetic_digits(std::int64_t count, std::uint64_t seed, std::uint64_t first_index) {
  DESCENT_ASSERT(count >= 1);
  Dataset dataset;
  dataset.name = kProceduralDigits;
  dataset.labels.resize(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < dataset.labels.size(); ++i) {
    dataset.labels[i] = static_cast<std::uint16_t>(i % kDigitClasses);
  }
  core::Rng(seed, kOrderStream + first_index).shuffle(std::span(dataset.labels));
  dataset.images.resize(dataset.labels.size() * dataset.image_size());
  for (std::size_t i = 0; i < dataset.labels.size(); ++i) {
    const auto image = std::span(dataset.images).subspan(i * dataset.image_size(), dataset.image_size());
    draw_digit(dataset.labels[i], seed, first_index + i, image);
  }
  return dataset;
}

DataSplit synthetic_split(std::uint64_t seed, std::int64_t train_count, std::int64_t test_count) {
  return {.name = kProceduralDigits,
          .train = synthetic_digits(train_count, seed),
          .test = synthetic_digits(test_count, seed, kTestImages),
          .class_labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}};
}

}  // namespace descent::data
