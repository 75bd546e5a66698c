// Rows of compositing, in pixels per second: kernels against their scalar references, and blend modes.
#include "engine/raster/compose/composite.h"

#include <benchmark/benchmark.h>

#include <vector>

#include "engine/raster/compose/blend.h"

namespace ode::raster {
namespace {

constexpr std::size_t kWidth = 1275;  // a letter page at 150 dpi

struct Rows {
  std::vector<std::uint8_t> dst, src, mask;
  explicit Rows(std::size_t n) : dst(n * kPixelBytes, 255), src(n * kPixelBytes), mask(n) {
    for (std::size_t i = 0; i < n; ++i) {
      mask[i] = static_cast<std::uint8_t>(i * 37);
      for (std::size_t c = 0; c < 4; ++c)
        src[i * 4 + c] = static_cast<std::uint8_t>(c == 3 ? 200 : i * 13 % 200);
    }
  }
};

void count_pixels(benchmark::State& state, std::size_t n) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * n));
}

void fill(benchmark::State& state) {
  Rows rows(kWidth);
  for (auto _ : state) fill_row(rows.dst.data(), kWidth, {1, 2, 3, 255}), benchmark::ClobberMemory();
  count_pixels(state, kWidth);
}
BENCHMARK(fill);

void solid_through_mask(benchmark::State& state) {
  const std::size_t width = static_cast<std::size_t>(state.range(0));
  Rows rows(width * 12);
  for (auto _ : state) {
    solid_mask_rows(rows.dst.data(), width * kPixelBytes, rows.mask.data(), width, width, 12, {9, 9, 9}, 255);
    benchmark::ClobberMemory();
  }
  count_pixels(state, width * 12);
}
BENCHMARK(solid_through_mask)->Arg(6)->Arg(8)->Arg(11)->Arg(32)->Arg(kWidth);

void solid_through_mask_scalar(benchmark::State& state) {
  const std::size_t width = static_cast<std::size_t>(state.range(0));
  Rows rows(width * 12);
  for (auto _ : state) {
    scalar::solid_mask_rows(rows.dst.data(), width * kPixelBytes, rows.mask.data(), width, width, 12,
                            {9, 9, 9}, 255);
    benchmark::ClobberMemory();
  }
  count_pixels(state, width * 12);
}
BENCHMARK(solid_through_mask_scalar)->Arg(8)->Arg(kWidth);

void over(benchmark::State& state) {
  Rows rows(kWidth);
  for (auto _ : state) over_row(rows.dst.data(), rows.src.data(), kWidth, 255), benchmark::ClobberMemory();
  count_pixels(state, kWidth);
}
BENCHMARK(over);

void over_through_mask(benchmark::State& state) {
  Rows rows(kWidth);
  for (auto _ : state) {
    over_mask_row(rows.dst.data(), rows.src.data(), rows.mask.data(), kWidth);
    benchmark::ClobberMemory();
  }
  count_pixels(state, kWidth);
}
BENCHMARK(over_through_mask);

void blend(benchmark::State& state) {
  Rows rows(kWidth);
  const auto mode = static_cast<display::BlendMode>(state.range(0));
  for (auto _ : state) blend_row(mode, rows.dst.data(), rows.src.data(), kWidth), benchmark::ClobberMemory();
  count_pixels(state, kWidth);
}
BENCHMARK(blend)->DenseRange(0, 15);

}  // namespace
}  // namespace ode::raster
