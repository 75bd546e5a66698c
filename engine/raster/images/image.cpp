// Images on the device: decodes a source at about the size needed, scales it down once and keeps that
// (ImageCache), and hands out pixels of it. Enlarged images are sampled straight from the decoded pixmap, so
// hostile zooms cost nothing.
#include "engine/raster/images/image.h"

#include <algorithm>
#include <cstring>

#include "engine/raster/compose/pixel_math.h"
#include "engine/raster/images/sampler.h"
#include "engine/raster/images/scale.h"

namespace ode::raster {
namespace {

using images::ImageRole;
using images::ImageSource;
using images::PixelFormat;
using images::Pixmap;

/// Enlarged this much or more, pixels stay sharp, as in poppler, unless the image asks for interpolation.
constexpr int kSharpFrom = 4;
/// Rounding to whole pixels may enlarge an image by a pixel: up to this much is averaged like a reduction.
constexpr std::int64_t kStretchNumerator = 65, kStretchDenominator = 64;
constexpr int kReduceLog2Max = 12;
/// Reduced by the decoder first, an image comes out softer: small ones can do without.
constexpr std::int64_t kAveragedAtOnce_px2 = 256 * 256;

/// Device pixels along the image's own rows and columns.
struct Target {
  std::int64_t width_px = 1, height_px = 1;
  std::uint8_t orientation = 0;
  bool aligned = false;
};

Target target_of(const ImagePlacement& placement) {
  if (placement.kind == ImagePlacement::Kind::aligned) {
    Target t{std::int64_t{placement.rect.x1} - placement.rect.x0,
             std::int64_t{placement.rect.y1} - placement.rect.y0, placement.orientation, true};
    if (placement.orientation & kTransposed) std::swap(t.width_px, t.height_px);
    return t;
  }
  const auto whole = [](double length) {
    return static_cast<std::int64_t>(std::floor(std::clamp(length, 1.0, 1e9) + 0.5));
  };
  return {whole(placement.along_rows_px), whole(placement.along_columns_px), 0, false};
}

/// Size of one axis after scaling: the device's, or the decoded one where the image is enlarged.
int scaled_size(int decoded_px, std::int64_t target_px, bool aligned) {
  const bool scale =
      aligned ? target_px * kStretchDenominator <= decoded_px * kStretchNumerator : target_px < decoded_px;
  return scale ? static_cast<int>(target_px) : decoded_px;
}

int reduction(const ImageSource& image, const Target& target) {
  const auto enough = [](int size_px, int log2, std::int64_t target_px) {
    const std::int64_t reduced = (size_px + (std::int64_t{1} << log2) - 1) >> log2;
    return reduced * kStretchNumerator >= target_px * kStretchDenominator;
  };
  if (std::int64_t{image.width_px} * image.height_px <= kAveragedAtOnce_px2) return 0;
  int log2 = 0;
  while (log2 < kReduceLog2Max && enough(image.width_px, log2 + 1, target.width_px) &&
         enough(image.height_px, log2 + 1, target.height_px)) {
    ++log2;
  }
  return log2;
}

/// Decoders are trusted with pixels, not with memory safety.
Status check(const Pixmap& pixmap, ImageRole role) {
  const std::size_t row_bytes = static_cast<std::size_t>(std::max(pixmap.width_px, 0)) *
                                static_cast<std::size_t>(images::bytes_per_pixel(pixmap.format));
  const bool sound =
      pixmap.width_px > 0 && pixmap.height_px > 0 && pixmap.stride_bytes >= row_bytes &&
      pixmap.samples.size() / pixmap.stride_bytes >= static_cast<std::size_t>(pixmap.height_px);
  if (!sound) return Error{ErrorKind::malformed, "image decoded to nothing"};
  if (role == ImageRole::stencil && pixmap.format != PixelFormat::gray8) {
    return Error{ErrorKind::internal, "stencil decoded to colours"};
  }
  return Ok{};
}

/// The part of a scaled image that `area` sees, in turned pixels; used when the whole would be too large to
/// keep.
IntRect needed_window(const ImagePlacement& placement, const Target& target, const IntRect& area, int width,
                      int height) {
  const IntRect whole{0, 0, width, height};
  IntRect window;
  if (target.aligned) {
    const IntRect& r = placement.rect;
    // An axis that is enlarged afterwards is kept whole.
    window = whole;
    if (std::int64_t{r.x1} - r.x0 == width) window.x0 = area.x0 - r.x0, window.x1 = area.x1 - r.x0;
    if (std::int64_t{r.y1} - r.y0 == height) window.y0 = area.y0 - r.y0, window.y1 = area.y1 - r.y0;
  } else {
    const Rect seen =
        placement.image_from_device.apply(Rect{static_cast<double>(area.x0), static_cast<double>(area.y0),
                                               static_cast<double>(area.x1), static_cast<double>(area.y1)});
    window =
        covering_pixels(Rect{seen.x0 * width, seen.y0 * height, seen.x1 * width, seen.y1 * height}.outset(3));
  }
  window = window.intersect(whole);
  return window.empty() ? IntRect{0, 0, 1, 1} : window;
}

Result<PreparedImage> prepare(const std::shared_ptr<const ImageSource>& image,
                              const ImagePlacement& placement, const Target& target, const IntRect& area,
                              ImageCache& cache, const CancelFlag* cancel) {
  const bool transposed = target.orientation & kTransposed;
  const auto turned = [&](int width, int height, std::shared_ptr<const Pixmap> pixels, std::int32_t left = 0,
                          std::int32_t top = 0) {
    return PreparedImage{std::move(pixels), transposed ? height : width, transposed ? width : height, left,
                         top};
  };
  const int log2 = reduction(*image, target);
  const ImageCache::Key key{image.get(),
                            scaled_size(image->width_px, target.width_px, target.aligned),
                            scaled_size(image->height_px, target.height_px, target.aligned),
                            target.orientation,
                            static_cast<std::uint8_t>(log2),
                            target.aligned};
  if (auto kept = cache.find(key)) {
    const int width = transposed ? kept->height_px : kept->width_px;
    const int height = transposed ? kept->width_px : kept->height_px;
    return turned(width, height, std::move(kept));
  }

  Pixmap decoded = ODE_TRY(image->decode(log2, cancel));
  ODE_TRY(check(decoded, image->role));
  const int width = scaled_size(decoded.width_px, target.width_px, target.aligned);
  const int height = scaled_size(decoded.height_px, target.height_px, target.aligned);
  const bool as_decoded = width == decoded.width_px && height == decoded.height_px && target.orientation == 0;
  IntRect window{0, 0, transposed ? height : width, transposed ? width : height};
  const std::size_t bytes = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                            static_cast<std::size_t>(images::bytes_per_pixel(decoded.format));
  const bool keep = bytes <= ImageCache::kSoleBytesMax;
  if (!keep && !as_decoded) window = needed_window(placement, target, area, window.x1, window.y1);
  std::shared_ptr<const Pixmap> pixels;
  if (as_decoded) {
    pixels = std::make_shared<const Pixmap>(std::move(decoded));
  } else {
    const ScaleRequest request{width, height, target.orientation, window};
    pixels = std::make_shared<const Pixmap>(ODE_TRY(scale_pixmap(decoded, request, cancel)));
  }
  if (keep) cache.insert(key, image, pixels);
  return turned(width, height, std::move(pixels), window.x0, window.y0);
}

void expand_row(const std::uint8_t* pixels, PixelFormat format, int count, std::uint8_t* rgba) {
  const std::size_t n = static_cast<std::size_t>(count);
  if (format == PixelFormat::gray8) expand_gray_row(pixels, n, rgba);
  if (format == PixelFormat::rgb8) expand_rgb_row(pixels, n, rgba);
  if (format == PixelFormat::rgba8) std::memcpy(rgba, pixels, n * kPixelBytes);
}

/// Cuts a request to `rect`: calls `inside(x0, count, skip)` for the part within and clears the rest of
/// `out`.
template <class Inside>
void within(const IntRect& rect, std::int32_t x0, std::int32_t y, int count, std::size_t pixel_bytes,
            std::uint8_t* out, Inside&& inside) {
  const std::int64_t end = std::int64_t{x0} + count;
  const std::int32_t from = std::max(x0, rect.x0);
  const std::int32_t to = static_cast<std::int32_t>(std::min<std::int64_t>(end, rect.x1));
  const bool some = from < to && y >= rect.y0 && y < rect.y1;
  if (!some || from > x0 || to < end) std::memset(out, 0, static_cast<std::size_t>(count) * pixel_bytes);
  if (some) inside(from, to - from, out + static_cast<std::size_t>(from - x0) * pixel_bytes);
}

class AlignedColors final : public PaintSource {
 public:
  AlignedColors(AlignedSampler sampler, const IntRect& rect) : sampler_(std::move(sampler)), rect_(rect) {}
  void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) override {
    within(rect_, x0, y, count, kPixelBytes, rgba, [&](std::int32_t from, int n, std::uint8_t* out) {
      expand_row(sampler_.row(from, y, n), sampler_.format(), n, out);
    });
  }
  bool opaque() const override { return sampler_.format() != PixelFormat::rgba8; }

 private:
  AlignedSampler sampler_;
  IntRect rect_;
};

class SkewedColors final : public PaintSource {
 public:
  SkewedColors(SkewedSampler sampler, const IntRect& rect) : sampler_(std::move(sampler)), rect_(rect) {}
  void fetch(std::int32_t x0, std::int32_t y, int count, std::uint8_t* rgba) override {
    within(rect_, x0, y, count, kPixelBytes, rgba, [&](std::int32_t from, int n, std::uint8_t* out) {
      pixels_.resize(static_cast<std::size_t>(n) * kPixelBytes);
      inside_.resize(static_cast<std::size_t>(n));
      sampler_.row(from, y, n, pixels_.data(), inside_.data());
      expand_row(pixels_.data(), sampler_.format(), n, out);
      for (std::size_t i = 0; i < inside_.size(); ++i) {
        if (inside_[i] != 255) scale_pixel(out + i * kPixelBytes, out + i * kPixelBytes, inside_[i]);
      }
    });
  }

 private:
  SkewedSampler sampler_;
  IntRect rect_;
  std::vector<std::uint8_t> pixels_, inside_;
};

using CoverageRow = std::function<void(std::int32_t, std::int32_t, int, std::uint8_t*)>;

CoverageRow aligned_coverage(AlignedSampler sampler, const IntRect& rect) {
  return [sampler = std::move(sampler), rect](std::int32_t x0, std::int32_t y, int count,
                                              std::uint8_t* out) mutable {
    within(rect, x0, y, count, 1, out, [&](std::int32_t from, int n, std::uint8_t* to) {
      std::memcpy(to, sampler.row(from, y, n), static_cast<std::size_t>(n));
    });
  };
}

CoverageRow skewed_coverage(SkewedSampler sampler, const IntRect& rect) {
  return [sampler = std::move(sampler), rect, inside = std::vector<std::uint8_t>()](
             std::int32_t x0, std::int32_t y, int count, std::uint8_t* out) mutable {
    within(rect, x0, y, count, 1, out, [&](std::int32_t from, int n, std::uint8_t* to) {
      inside.resize(static_cast<std::size_t>(n));
      sampler.row(from, y, n, to, inside.data());
      for (std::size_t i = 0; i < inside.size(); ++i) to[i] = mul255(to[i], inside[i]);
    });
  };
}

}  // namespace

Result<PlacedImage> place_image(const std::shared_ptr<const ImageSource>& image,
                                   const Matrix& device_from_unit, const IntRect& area, ImageCache& cache,
                                   const CancelFlag* cancel) {
  PlacedImage placed;
  placed.is_mask = image->role == ImageRole::stencil;
  const ImagePlacement placement = place_unit_square(device_from_unit);
  if (placement.kind == ImagePlacement::Kind::nothing || image->width_px <= 0 || image->height_px <= 0)
    return placed;
  const IntRect rect = placement.rect.intersect(area);
  if (rect.empty()) return placed;

  const Target target = target_of(placement);
  PreparedImage prepared = ODE_TRY(prepare(image, placement, target, rect, cache, cancel));
  placed.rect = rect;
  const bool sharp = target.width_px >= std::int64_t{kSharpFrom} * image->width_px ||
                     target.height_px >= std::int64_t{kSharpFrom} * image->height_px;
  // Stencils keep their edges, as in every peer.
  const bool blend = image->interpolate || !(sharp || placed.is_mask);
  const Enlarge enlarge = blend ? Enlarge::bilinear : Enlarge::nearest;
  if (target.aligned) {
    AlignedSampler sampler(std::move(prepared), placement.rect, enlarge);
    if (placed.is_mask) {
      placed.coverage = aligned_coverage(std::move(sampler), rect);
    } else {
      placed.colors = std::make_unique<AlignedColors>(std::move(sampler), rect);
    }
    return placed;
  }
  SkewedSampler sampler(std::move(prepared), placement, enlarge);
  if (placed.is_mask) {
    placed.coverage = skewed_coverage(std::move(sampler), rect);
  } else {
    placed.colors = std::make_unique<SkewedColors>(std::move(sampler), rect);
  }
  return placed;
}

}  // namespace ode::raster
