// Stencils of bitmap glyphs: averaged over the exact pixels they cover. Whole pixels, right for the strips of
// a picture, would make every letter up to two pixels wider (ISO 32000-2, 9.6.4).
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/raster/images/image.h"
#include "engine/raster/images/placement.h"
#include "engine/raster/images/scale.h"

namespace ode::raster {
namespace {

using images::ImageSource;
using images::Pixmap;

constexpr std::int64_t kSourcePixelsMax = std::int64_t{1} << 22;  // larger ones are no glyphs
constexpr double kOne = 65536;  // fixed-point weight of a whole device pixel

/// Along one device axis: which source pixels each device pixel covers, and how much of it they fill.
struct Axis {
  struct Span {
    std::size_t weights = 0;
    int first = 0, count = 0;
  };
  std::vector<Span> spans;
  std::vector<std::uint32_t> weights;
};

/// Device pixels [begin, end); the source's pixels lie from `origin` on, `length` (perhaps negative) in all.
Axis axis_of(double origin, double length, int source_px, std::int32_t begin, std::int32_t end) {
  Axis axis;
  const double step = source_px / length;  // source pixels a device pixel
  const double size = source_px;
  for (std::int32_t i = begin; i < end; ++i) {
    const double a = (i - origin) * step, b = (i + 1.0 - origin) * step;
    const double from = std::clamp(std::min(a, b), 0.0, size), to = std::clamp(std::max(a, b), 0.0, size);
    const int first = std::min(static_cast<int>(from), source_px - 1);
    const int last = std::max(first + 1, static_cast<int>(std::ceil(to)));
    axis.spans.push_back({axis.weights.size(), first, last - first});
    // Differences of rounded running sums: no more than a whole pixel together.
    std::uint32_t sum = 0;
    for (int k = first; k < last; ++k) {
      const double covered = std::max(0.0, std::min(to, k + 1.0) - from);
      const auto next = static_cast<std::uint32_t>(std::min(covered / std::fabs(step), 1.0) * kOne + 0.5);
      axis.weights.push_back(next - sum);
      sum = next;
    }
  }
  return axis;
}

/// Source along `across` to columns, along `down` to rows; 8.8 fixed point in between.
Pixmap averaged(const Pixmap& source, const Axis& across, const Axis& down) {
  Pixmap out = Pixmap::make(static_cast<int>(across.spans.size()), static_cast<int>(down.spans.size()),
                            images::PixelFormat::gray8);
  std::vector<std::uint16_t> sums(static_cast<std::size_t>(source.width_px));
  for (int y = 0; y < out.height_px; ++y) {
    const Axis::Span& rows = down.spans[static_cast<std::size_t>(y)];
    blend_rows(source.row(rows.first), source.stride_bytes, &down.weights[rows.weights],
               static_cast<std::size_t>(rows.count), sums.size(), sums.data());
    std::uint8_t* to = out.row(y);
    for (const Axis::Span& columns : across.spans) {
      const std::uint32_t* w = &across.weights[columns.weights];
      std::uint32_t sum = 1U << 23;
      for (int k = 0; k < columns.count; ++k) sum += w[k] * sums[static_cast<std::size_t>(columns.first + k)];
      *to++ = static_cast<std::uint8_t>(sum >> 24);
    }
  }
  return out;
}

Pixmap transposed(const Pixmap& from) {
  Pixmap out = Pixmap::make(from.height_px, from.width_px, images::PixelFormat::gray8);
  for (int y = 0; y < out.height_px; ++y) {
    for (int x = 0; x < out.width_px; ++x) out.row(y)[x] = from.row(x)[y];
  }
  return out;
}

/// The whole stencil as decoded, kept for the other positions of its glyph.
Result<std::shared_ptr<const Pixmap>> decoded(const std::shared_ptr<const ImageSource>& image,
                                              ImageCache& cache, const CancelFlag* cancel) {
  const ImageCache::Key key{image.get(), image->width_px, image->height_px, 0, 0, false};
  if (auto kept = cache.find(key)) return kept;
  auto pixels = std::make_shared<const Pixmap>(ODE_TRY(image->decode(0, cancel)));
  if (pixels->format != images::PixelFormat::gray8 || pixels->width_px <= 0 || pixels->height_px <= 0)
    return Error{ErrorKind::malformed, "stencil decoded to nothing"};
  cache.insert(key, image, pixels);
  return pixels;
}

bool is_reduced_glyph(const ImageSource& image, const ImagePlacement& placement) {
  return image.role == images::ImageRole::stencil && placement.kind == ImagePlacement::Kind::aligned &&
         image.width_px > 0 && image.height_px > 0 && placement.along_rows_px < image.width_px &&
         placement.along_columns_px < image.height_px &&
         std::int64_t{image.width_px} * image.height_px <= kSourcePixelsMax;
}

}  // namespace

Result<PlacedImage> place_glyph_image(const std::shared_ptr<const ImageSource>& image,
                                         const Matrix& device_from_unit, const IntRect& area,
                                         ImageCache& cache, const CancelFlag* cancel) {
  const ImagePlacement placement = place_unit_square(device_from_unit);
  if (!is_reduced_glyph(*image, placement))
    return place_image(image, device_from_unit, area, cache, cancel);
  PlacedImage placed;
  placed.is_mask = true;
  const IntRect rect = placement.rect.intersect(area);
  if (rect.empty()) return placed;
  const std::shared_ptr<const Pixmap> source = ODE_TRY(decoded(image, cache, cancel));
  // Rows of the image run downwards from the top of the unit square.
  const Matrix m = device_from_unit * Matrix{1, 0, 0, -1, 0, 1};
  const bool turned = (placement.orientation & kTransposed) != 0;
  const Axis x =
      axis_of(m.e, turned ? m.c : m.a, turned ? source->height_px : source->width_px, rect.x0, rect.x1);
  const Axis y =
      axis_of(m.f, turned ? m.b : m.d, turned ? source->width_px : source->height_px, rect.y0, rect.y1);
  auto pixels =
      std::make_shared<const Pixmap>(turned ? transposed(averaged(*source, y, x)) : averaged(*source, x, y));
  placed.rect = rect;
  placed.coverage = [pixels, rect](std::int32_t x0, std::int32_t y, int count, std::uint8_t* out) {
    std::copy_n(pixels->row(y - rect.y0) + (x0 - rect.x0), count, out);
  };
  return placed;
}

}  // namespace ode::raster
