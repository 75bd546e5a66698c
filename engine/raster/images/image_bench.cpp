// Images: scaling once per page, and fetching rows. Sizes are those of a scanned A4 page shown at 150 dpi.
#include <benchmark/benchmark.h>

#include "engine/raster/images/image.h"
#include "engine/raster/images/scale.h"

namespace ode::raster {
namespace {

using images::ImageSource;
using images::PixelFormat;
using images::Pixmap;

constexpr IntRect kPage{0, 0, 1240, 1754};

Pixmap scan(int width, int height, PixelFormat format) {
  Pixmap p = Pixmap::make(width, height, format);
  std::uint32_t state = 1;
  for (std::uint8_t& s : p.samples)
    s = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
  return p;
}

void scale(benchmark::State& state, PixelFormat format, std::uint8_t orientation) {
  const Pixmap source = scan(2480, 3508, format);
  // A page that does not fall on whole pixels is a pixel larger.
  const int width = 1241, height = 1755;
  const IntRect window = orientation & 1 ? IntRect{0, 0, height, width} : IntRect{0, 0, width, height};
  for (auto _ : state) {
    benchmark::DoNotOptimize(scale_pixmap(source, {width, height, orientation, window}, nullptr));
  }
}

void fetch(benchmark::State& state, int width, int height, PixelFormat format, const Matrix& m) {
  auto source = std::make_shared<ImageSource>();
  source->width_px = width, source->height_px = height;
  const Pixmap pixels = scan(width, height, format);
  source->decode = [&](int, const CancelFlag*) -> Result<Pixmap> { return pixels; };
  ImageCache cache;
  auto placed = place_image(source, m, kPage, cache, nullptr);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(kPage.width()) * 4);
  for (auto _ : state) {
    for (int y = kPage.y0; y < kPage.y1; ++y) placed->colors->fetch(0, y, kPage.width(), row.data());
    benchmark::DoNotOptimize(row.data());
  }
}

const Matrix kWholePage{1240, 0, 0, -1754, 0, 1754};
const Matrix kTurnedPage{1240, 20, 14, -1754, -10, 1754};

BENCHMARK_CAPTURE(scale, gray_300_to_150, PixelFormat::gray8, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scale, rgb_300_to_150, PixelFormat::rgb8, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scale, rgba_300_to_150, PixelFormat::rgba8, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(scale, rgb_quarter_turn, PixelFormat::rgb8, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fetch, gray_same_size, 1240, 1754, PixelFormat::gray8, kWholePage)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fetch, rgb_same_size, 1240, 1754, PixelFormat::rgb8, kWholePage)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fetch, rgb_doubled, 620, 877, PixelFormat::rgb8, kWholePage)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fetch, rgb_much_enlarged, 62, 88, PixelFormat::rgb8, kWholePage)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(fetch, rgb_slightly_turned, 1240, 1754, PixelFormat::rgb8, kTurnedPage)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ode::raster
