// Shadings and tilings over a page at 150 dpi: making the source and fetching every row of it.
#include <benchmark/benchmark.h>

#include "engine/raster/shadings/sources.h"

namespace ode::raster {
namespace {

using display::AxialShading;
using display::ColorRamp;
using display::DisplayList;
using display::PatchMesh;
using display::RadialShading;
using display::RgbF;
using display::Shading;
using display::Tiling;
using display::TriangleMesh;

constexpr IntRect kPage{0, 0, 1240, 1754};

void fetch_all(benchmark::State& state, PaintSource& source) {
  std::vector<std::uint8_t> row(static_cast<std::size_t>(kPage.width()) * 4);
  for (int y = kPage.y0; y < kPage.y1; ++y) source.fetch(0, y, kPage.width(), row.data());
  benchmark::DoNotOptimize(row.data());
  state.SetItemsProcessed(state.items_processed() + std::int64_t{kPage.width()} * kPage.height());
}

void shade(benchmark::State& state, const Shading& shading) {
  for (auto _ : state) fetch_all(state, **make_shading_source(shading, {}, kPage));
}

ColorRamp ramp() {
  ColorRamp r;
  for (int i = 0; i < 256; ++i)
    r.push_back({static_cast<float>(i) / 255, 0.5F, 1 - static_cast<float>(i) / 255});
  return r;
}

void axial(benchmark::State& state) {
  shade(state, {AxialShading{{0, 0}, {1240, 1754}, true, true, ramp()}, {}, {}, {}});
}
void radial(benchmark::State& state) {
  shade(state, {RadialShading{{500, 800}, {620, 877}, 10, 900, true, true, ramp()}, {}, {}, {}});
}

void triangles(benchmark::State& state) {
  TriangleMesh mesh;
  for (int y = 0; y <= 100; ++y) {
    for (int x = 0; x <= 100; ++x) {
      const RgbF color{static_cast<float>(x) / 100, static_cast<float>(y) / 100,
                       static_cast<float>((x * 7 + y) % 10) / 10};
      mesh.vertices.push_back({static_cast<float>(x) * 12.4F, static_cast<float>(y) * 17.54F, color});
    }
  }
  for (std::uint32_t y = 0; y < 100; ++y) {
    for (std::uint32_t x = 0; x < 100; ++x) {
      const std::uint32_t at = y * 101 + x;
      mesh.triangles.push_back({at, at + 1, at + 101});
      mesh.triangles.push_back({at + 1, at + 102, at + 101});
    }
  }
  shade(state, {mesh, {}, {}, {}});
}

void patches(benchmark::State& state) {
  PatchMesh mesh;
  for (int n = 0; n < 100; ++n) {
    PatchMesh::Patch patch;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        const double bend = i % 3 != 0 && j % 3 != 0 ? 25 : 0;
        patch.p[i][j] = {(n % 10 + static_cast<double>(i) / 3) * 124 + bend,
                         (n / 10 + static_cast<double>(j) / 3) * 175.4 - bend};
      }
    }
    patch.color = {RgbF{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}};
    mesh.patches.push_back(patch);
  }
  shade(state, {mesh, {}, {}, {}});
}

void tiling(benchmark::State& state, const Matrix& m) {
  const RenderNested checker = [](const DisplayList&, const Matrix&, const IntRect& r, std::uint8_t* rgba,
                                  std::size_t stride) -> Status {
    for (int y = 0; y < r.height(); ++y) {
      for (std::size_t x = 0; x < static_cast<std::size_t>(r.width()); ++x) {
        rgba[static_cast<std::size_t>(y) * stride + 4 * x + 3] =
            (x ^ static_cast<std::size_t>(y)) & 4 ? 255 : 0;
      }
    }
    return Ok{};
  };
  const Tiling t{std::make_shared<DisplayList>(), {}, {0, 0, 12, 12}, 12, 12};
  for (auto _ : state) fetch_all(state, **make_tiling_source(t, m, kPage, checker));
}

BENCHMARK(axial)->Unit(benchmark::kMillisecond);
BENCHMARK(radial)->Unit(benchmark::kMillisecond);
BENCHMARK(triangles)->Unit(benchmark::kMillisecond);
BENCHMARK(patches)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tiling, upright, Matrix{})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(tiling, turned, Matrix{0.8, 0.6, -0.6, 0.8, 0, 0})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ode::raster
