// Whole tiles of typical pages built by hand, in bands of 200 rows as the programs draw them.
#include "engine/raster/replay/render.h"

#include <benchmark/benchmark.h>

#include "engine/raster/replay/test_face.h"
#include "engine/raster/replay/test_list.h"

namespace ode::raster {
namespace {

constexpr IntRect kPage{0, 0, 1275, 1650};
constexpr Rect kAll{0, 0, 1275, 1650};

void draw_page(benchmark::State& state, const display::DisplayList& list) {
  RasterCache cache;
  Diagnostics diagnostics;
  std::vector<std::uint8_t> band(static_cast<std::size_t>(kPage.width()) * 200 * kPixelBytes);
  for (auto _ : state) {
    for (std::int32_t y = 0; y < kPage.y1; y += 200) {
      TileRequest request;
      request.rect = {0, y, kPage.x1, std::min(kPage.y1, y + 200)};
      const Status status =
          render_tile_into(list, request, band.data(), static_cast<std::size_t>(kPage.width()) * kPixelBytes,
                           cache, diagnostics);
      if (!status) state.SkipWithError("tile failed");
    }
  }
}

void empty_page(benchmark::State& state) { draw_page(state, {}); }
BENCHMARK(empty_page)->Unit(benchmark::kMicrosecond);

// 60 lines of 90 glyphs at about 10 pt.
void text_page(benchmark::State& state) {
  ListBuilder list;
  const std::uint32_t font = list.add(face_font(std::make_shared<TestFace>()));
  for (int line = 0; line < 60; ++line) {
    const float y = 40.0f + static_cast<float>(line) * 26.3f;
    const std::uint32_t begin = static_cast<std::uint32_t>(list.list.glyphs.size());
    for (int i = 0; i < 90; ++i) {
      display::RunGlyph glyph;
      glyph.glyph_id = static_cast<std::uint32_t>(1 + i % 3);
      glyph.x = 60.0f + static_cast<float>(i) * 12.7f, glyph.y = y;
      list.list.glyphs.push_back(glyph);
    }
    list.list.runs.push_back({font, begin, 90, {20, 0, 0, -20, 0, 0}, false});
    list.draw(static_cast<std::uint32_t>(list.list.runs.size() - 1), {0, 0, 0},
              {50, static_cast<double>(y) - 24, 1250, static_cast<double>(y) + 6});
  }
  draw_page(state, list.list);
}
BENCHMARK(text_page)->Unit(benchmark::kMicrosecond);

// A hundred thousand small fills, as maps have: mostly the cost of deciding what a band shows.
void many_fills(benchmark::State& state) {
  ListBuilder list;
  for (int i = 0; i < 100'000; ++i) {
    const double x = i * 37 % 1270, y = i * 53 % 1640;
    list.fill(Rect{x, y, x + 4.3, y + 3.1}, {static_cast<std::uint8_t>(i), 100, 30});
  }
  draw_page(state, list.list);
}
BENCHMARK(many_fills)->Unit(benchmark::kMicrosecond);

void group_over_page(benchmark::State& state, bool isolated, display::BlendMode blend) {
  ListBuilder list;
  list.push_group(kAll, {0.5f, blend}, isolated, false);
  list.fill(Rect{100, 100, 1100, 1500}, {200, 30, 40});
  list.pop_group();
  draw_page(state, list.list);
}
BENCHMARK_CAPTURE(group_over_page, isolated, true, display::BlendMode::normal)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(group_over_page, non_isolated, false, display::BlendMode::normal)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(group_over_page, multiply, true, display::BlendMode::multiply)
    ->Unit(benchmark::kMicrosecond);

void soft_mask_over_page(benchmark::State& state) {
  ListBuilder list;
  list.clip(constant_mask({50, 50, 1200, 1600}, {128, 128, 128}, 1, display::SoftMask::Kind::luminosity));
  list.fill(Rect{100, 100, 1100, 1500}, {200, 30, 40});
  list.pop_clip();
  draw_page(state, list.list);
}
BENCHMARK(soft_mask_over_page)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace ode::raster
