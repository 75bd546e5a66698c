// Whole documents: open, record the first pages, draw them small, read the information.
#include <cstdint>

#include "engine/geometry/geometry.h"
#include "tests/support/engine_fixture.h"

namespace {

/// Small pages at low resolution: the fuzzer wants many inputs a second.
constexpr int kPagesDrawn = 2;
constexpr std::int32_t kSideMax_px = 200;

void draw(const ode::display::DisplayList& list, ode::raster::RasterCache& cache) {
  ode::raster::TileRequest request;
  request.device_from_page = {0.5, 0, 0, -0.5, 0, list.bounds.height() * 0.5};
  request.rect = ode::covering_pixels({0, 0, list.bounds.width() * 0.5, list.bounds.height() * 0.5})
                     .intersect({0, 0, kSideMax_px, kSideMax_px});
  if (request.rect.empty()) return;
  ode::Diagnostics diagnostics;
  const auto tile = ode::raster::render_tile(list, request, cache, diagnostics);
  (void)tile.ok();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  const auto document = ode::testing::open(ode::SharedBytes(ode::ByteVector(begin, begin + size)));
  if (!document) return 0;
  ode::raster::RasterCache cache;
  for (int page = 0; page < (*document)->page_count() && page < kPagesDrawn; ++page) {
    const auto list = (*document)->record_page(page, {});
    if (list) draw(**list, cache);
    (*document)->links(page);
  }
  (*document)->information();
  (*document)->outline();
  (*document)->layers();
  (*document)->attachments();
  (*document)->fonts(0, 1);
  return 0;
}
