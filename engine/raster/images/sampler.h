// Image samplers: pixels of a prepared pixmap as the device sees them, row by row. Used by images/image.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/images/pixmap.h"
#include "engine/raster/images/placement.h"
#include "engine/raster/images/scale.h"

namespace ode::raster {

/// A pixmap at hand, or the part of it that one tile needs.
struct PreparedImage {
  std::shared_ptr<const images::Pixmap> pixels;
  int width_px = 0, height_px = 0;       ///< of the whole, turned as the device has it
  std::int32_t left_px = 0, top_px = 0;  ///< of `pixels` in the whole
};

/// Between the pixels of an enlarged image: nearest keeps them sharp, bilinear blends neighbours.
enum class Enlarge : std::uint8_t { nearest, bilinear };

/// An image whose edges lie along the device axes. Copies are independent; not thread-safe (scratch rows).
class AlignedSampler {
 public:
  AlignedSampler(PreparedImage image, const IntRect& rect, Enlarge enlarge);
  images::PixelFormat format() const { return image_.pixels->format; }
  /// `count` pixels of device row y from x0 in the pixmap's format; valid until the next call.
  /// REQUIRES: within the rectangle and the part that was prepared.
  const std::uint8_t* row(std::int32_t x0, std::int32_t y, int count);

 private:
  /// Where device pixels of one axis fall in the pixmap: 32.32 fixed point, exact for any zoom.
  struct Axis {
    std::int64_t origin = 0, step = 0;
    std::int32_t size = 0;
    bool copies = false;  ///< one device pixel per sample
    struct At {
      std::int32_t index;
      std::uint32_t fraction;  ///< of 256, towards index + 1
      bool operator==(const At&) const = default;
    };
    At nearest(std::int64_t position) const;
    At between(std::int64_t position) const;
  };

  /// What is computed once for a span and serves the spans below it that begin and end alike.
  struct Span {
    std::int32_t x0 = 0;
    int count = 0;
    std::int32_t read_first = 0;  ///< the leftmost column that is read, in the whole
    AxisWeights columns;          ///< relative to it; nearest: one tap
    Axis::At shown{-1, 0};        ///< row of `out`
    std::vector<std::uint8_t> out;
  };
  /// A row is painted in several spans, and the next row in the same ones.
  static constexpr std::size_t kSpansKept = 16;

  Span& span_of(std::int32_t x0, int count);
  void set_columns(Span& span) const;
  void nearest_row(Span& span, std::int32_t y, int channels) const;
  void blended_row(Span& span, std::int32_t y, int channels);

  PreparedImage image_;
  Axis x_, y_;
  Enlarge enlarge_;
  std::vector<Span> spans_;
  std::size_t latest_ = 0;           ///< the span used last
  std::vector<std::uint16_t> sums_;  ///< two rows blended, 8.8
};

/// Any other image: bilinear (or nearest) through the inverse matrix, with soft edges.
class SkewedSampler {
 public:
  SkewedSampler(PreparedImage image, const ImagePlacement& placement, Enlarge enlarge);
  images::PixelFormat format() const { return image_.pixels->format; }
  /// Writes `count` pixels in the pixmap's format and the share of each that lies within the image.
  void row(std::int32_t x0, std::int32_t y, int count, std::uint8_t* pixels, std::uint8_t* inside) const;

 private:
  struct Edge {
    double thickness_px, half_px;
    double inside(double unit) const;
  };
  /// One coordinate of the sample under a pixel, in 32.32 fixed point: exact sums, so a pixel's position
  /// alone counts.
  struct Walk {
    std::int64_t step = 0;
    std::int64_t low = 1, high = 0;  ///< between these, samples are well inside the image
    bool holds(std::int64_t at) const { return at >= low && at < high; }
  };
  Walk walk(double step, int size, const Edge& edge, double rect_width) const;
  template <int Channels>
  void sample(double u, double v, std::uint8_t* out) const;
  template <int Channels>
  void sample_inside(std::int64_t u, std::int64_t v, std::uint8_t* out) const;
  template <int Channels>
  void fill(std::int32_t x0, std::int32_t y, int count, std::uint8_t* pixels, std::uint8_t* inside) const;

  PreparedImage image_;
  Matrix image_from_device_;
  Edge across_, down_;
  Walk walk_u_, walk_v_;
  std::int32_t origin_x_;
  Enlarge enlarge_;
};

}  // namespace ode::raster
