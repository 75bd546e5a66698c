// Strokes: outline and coverage, by kind of line.
#include "engine/raster/coverage/stroke.h"

#include <benchmark/benchmark.h>

#include <random>

namespace ode::raster {
namespace {

constexpr IntRect kBand{0, 0, 1275, 200};

void stroke_all(benchmark::State& state, const Path& path, const display::StrokeStyle& style,
                const IntRect& clip) {
  Scanner scanner;
  std::int64_t pixels = 0;
  for (auto _ : state) {
    scanner.begin(clip);
    add_stroke(scanner, path, style, {}, clip);
    scanner.sweep(FillRule::nonzero, [&](std::int32_t, std::span<const CoverageSpan> spans) {
      for (const CoverageSpan& s : spans) pixels += s.x1 - s.x0;
    });
  }
  benchmark::DoNotOptimize(pixels);
}

/// Short steps in slowly changing directions, as coast lines have.
Path coast(int points, double height) {
  std::mt19937 random(1);
  Path p;
  double x = 600, y = height / 2, vx = 0.7, vy = 0.1;
  p.move_to({x, y});
  for (int i = 1; i < points; ++i) {
    vx += (static_cast<double>(random() % 1000) - 499.5) / 2000,
        vy += (static_cast<double>(random() % 1000) - 499.5) / 2000;
    if (vx * vx + vy * vy > 2) vx *= 0.7, vy *= 0.7;
    if (x < 10 || x > 1265) vx = x < 10 ? 0.7 : -0.7;
    if (y < 5 || y > height - 5) vy = y < 5 ? 0.7 : -0.7;
    x += vx, y += vy;
    p.line_to({x, y});
  }
  return p;
}

display::StrokeStyle pen(double width) {
  display::StrokeStyle style;
  style.width = width;
  return style;
}

void BM_RuleOfATable(benchmark::State& state) {
  Path p;
  p.move_to({100, 50}), p.line_to({900, 50});
  stroke_all(state, p, pen(1), kBand);
}
BENCHMARK(BM_RuleOfATable);

void BM_DiagonalLine(benchmark::State& state) {
  Path p;
  p.move_to({100, 10}), p.line_to({900, 190});
  stroke_all(state, p, pen(2), kBand);
}
BENCHMARK(BM_DiagonalLine);

void BM_Coast10k(benchmark::State& state) { stroke_all(state, coast(10'000, 200), pen(1.5), kBand); }
BENCHMARK(BM_Coast10k);

void BM_Coast10kRoundJoins(benchmark::State& state) {
  display::StrokeStyle style = pen(1.5);
  style.join = display::StrokeStyle::Join::round, style.cap = display::StrokeStyle::Cap::round;
  stroke_all(state, coast(10'000, 200), style, kBand);
}
BENCHMARK(BM_Coast10kRoundJoins);

void BM_Coast100kMostlyOutside(benchmark::State& state) {
  stroke_all(state, coast(100'000, 1650), pen(1.5), {0, 400, 1275, 410});
}
BENCHMARK(BM_Coast100kMostlyOutside);

void BM_DashedLine(benchmark::State& state) {
  Path p;
  p.move_to({10, 20}), p.line_to({1260, 180});
  display::StrokeStyle style = pen(1);
  style.dashes = {3, 2};
  stroke_all(state, p, style, kBand);
}
BENCHMARK(BM_DashedLine);

void BM_Curve(benchmark::State& state) {
  Path p;
  p.move_to({10, 190}), p.cubic_to({400, -300}, {800, 500}, {1260, 10});
  stroke_all(state, p, pen(static_cast<double>(state.range(0))), kBand);
}
BENCHMARK(BM_Curve)->Arg(1)->Arg(12);

}  // namespace
}  // namespace ode::raster
