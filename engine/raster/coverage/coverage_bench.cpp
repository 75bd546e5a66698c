// Scanner: filling, by kind of shape. The sink only counts, so this is the price of coverage alone.
#include "engine/raster/coverage/coverage.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>

namespace ode::raster {
namespace {

constexpr IntRect kBand{0, 0, 1275, 200};

void sweep_all(benchmark::State& state, const Path& path, const IntRect& clip, FillRule rule) {
  Scanner scanner;
  std::int64_t pixels = 0;
  for (auto _ : state) {
    scanner.begin(clip);
    scanner.add_path(path, {});
    scanner.sweep(rule, [&](std::int32_t, std::span<const CoverageSpan> spans) {
      for (const CoverageSpan& s : spans) pixels += s.x1 - s.x0;
    });
  }
  benchmark::DoNotOptimize(pixels);
}

Path polygon(int points, double width, double height, double step) {
  std::mt19937 random(1);
  Path p;
  const auto at = [&] {
    return Point{(random() % 10'000) * width / 10'000, (random() % 10'000) * height / 10'000};
  };
  Point q = at();
  p.move_to(q);
  for (int i = 1; i < points; ++i) {
    const Point r = at();
    if (step > 0) {
      q = {std::fmod(q.x + (r.x / width - 0.3) * step + width, width),
           std::fmod(q.y + (r.y / height - 0.5) * step + height, height)};
    } else {
      q = r;
    }
    p.line_to(q);
  }
  p.close();
  return p;
}

void BM_RectangleBand(benchmark::State& state) {
  Path p;
  p.add_rect({10.3, 0.2, 1260.7, 199.5});
  sweep_all(state, p, kBand, FillRule::nonzero);
}
BENCHMARK(BM_RectangleBand);

void BM_RectangleTableRule(benchmark::State& state) {
  Path p;
  p.add_rect({100, 50.25, 700, 51.5});
  sweep_all(state, p, kBand, FillRule::nonzero);
}
BENCHMARK(BM_RectangleTableRule);

void BM_TwoRectangles(benchmark::State& state) {
  Path p;
  p.add_rect({10.3, 0.2, 1260.7, 199.5});
  p.add_rect({40, 20, 1200, 180});
  sweep_all(state, p, kBand, FillRule::even_odd);
}
BENCHMARK(BM_TwoRectangles);

/// A letter of 20 px: lines and curves.
void BM_GlyphOutline(benchmark::State& state) {
  Path p;
  p.move_to({2, 2}), p.cubic_to({8, 0}, {14, 3}, {14, 9}), p.cubic_to({14, 15}, {9, 18}, {4, 17});
  p.line_to({4, 13}), p.cubic_to({8, 13}, {10, 12}, {10, 9}), p.cubic_to({10, 6}, {8, 5}, {6, 5});
  p.line_to({6, 17}), p.line_to({2, 17}), p.close();
  sweep_all(state, p, {0, 0, 18, 20}, FillRule::nonzero);
}
BENCHMARK(BM_GlyphOutline);

void BM_TriangleAcrossBand(benchmark::State& state) {
  Path p;
  p.move_to({3, 190}), p.line_to({1200, 10}), p.line_to({1270, 180}), p.close();
  sweep_all(state, p, kBand, FillRule::nonzero);
}
BENCHMARK(BM_TriangleAcrossBand);

/// Long edges in every direction: the most cells per edge.
void BM_RandomPolygon1000(benchmark::State& state) {
  sweep_all(state, polygon(1000, 1275, 200, 0), kBand, FillRule::even_odd);
}
BENCHMARK(BM_RandomPolygon1000);

/// A map: edges of about a pixel.
void BM_TinyEdges100k(benchmark::State& state) {
  sweep_all(state, polygon(100'000, 1275, 200, 2), kBand, FillRule::nonzero);
}
BENCHMARK(BM_TinyEdges100k);

/// The same where almost nothing is in the band.
void BM_TinyEdges100kClippedAway(benchmark::State& state) {
  sweep_all(state, polygon(100'000, 1275, 1650, 2), {0, 400, 1275, 404}, FillRule::nonzero);
}
BENCHMARK(BM_TinyEdges100kClippedAway);

void BM_Circle(benchmark::State& state) {
  const double r = static_cast<double>(state.range(0)), k = r * 0.5522847498307936, c = 100;
  Path p;
  p.move_to({c + r, c});
  p.cubic_to({c + r, c + k}, {c + k, c + r}, {c, c + r}),
      p.cubic_to({c - k, c + r}, {c - r, c + k}, {c - r, c});
  p.cubic_to({c - r, c - k}, {c - k, c - r}, {c, c - r}),
      p.cubic_to({c + k, c - r}, {c + r, c - k}, {c + r, c});
  sweep_all(state, p, kBand, FillRule::nonzero);
}
BENCHMARK(BM_Circle)->Arg(3)->Arg(20)->Arg(95);

}  // namespace
}  // namespace ode::raster
