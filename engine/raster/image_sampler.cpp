// Image samplers: see image_sampler.h.
#include "engine/raster/image_sampler.h"

#include <algorithm>
#include <cmath>

namespace ode::raster {
namespace {

constexpr std::int64_t kOne = std::int64_t{1} << 32;

}  // namespace

AlignedSampler::AlignedSampler(PreparedImage image, const IntRect& rect, Enlarge enlarge)
    : image_(std::move(image)), enlarge_(enlarge) {
  const auto axis = [](std::int32_t origin, std::int32_t end, std::int32_t size) {
    const std::int64_t target = std::int64_t{end} - origin;
    return Axis{origin, (std::int64_t{size} << 32) / target, size, target == size};
  };
  x_ = axis(rect.x0, rect.x1, image_.width_px);
  y_ = axis(rect.y0, rect.y1, image_.height_px);
}

AlignedSampler::Axis::At AlignedSampler::Axis::nearest(std::int64_t position) const {
  const std::int64_t relative = position - origin;
  if (copies) return {static_cast<std::int32_t>(relative), 0};
  // Never overflows: relative × step < size × 2^32.
  const std::int64_t at = (relative * step + step / 2) >> 32;
  return {static_cast<std::int32_t>(std::clamp<std::int64_t>(at, 0, size - 1)), 0};
}

AlignedSampler::Axis::At AlignedSampler::Axis::between(std::int64_t position) const {
  const std::int64_t relative = position - origin;
  if (copies) return {static_cast<std::int32_t>(relative), 0};
  const std::int64_t at = relative * step + step / 2 - kOne / 2;
  const std::int64_t index = at >> 32;
  if (index < 0) return {0, 0};
  if (index >= size - 1) return {size - 1, 0};
  return {static_cast<std::int32_t>(index), static_cast<std::uint32_t>(at >> 24 & 255)};
}

template <int Channels>
void AlignedSampler::copy_nearest(const std::uint8_t* from, std::int32_t x0, int count) {
  std::uint8_t* to = out_.data();
  for (int i = 0; i < count; ++i, to += Channels) {
    const std::int32_t index = x_.nearest(std::int64_t{x0} + i).index - image_.left_px;
    std::copy_n(from + static_cast<std::ptrdiff_t>(index) * Channels, Channels, to);
  }
}

template <int Channels>
void AlignedSampler::blend_across(std::int32_t x0, int count, std::int32_t first) {
  std::uint8_t* to = out_.data();
  for (int i = 0; i < count; ++i, to += Channels) {
    const Axis::At at = x_.between(std::int64_t{x0} + i);
    const std::uint16_t* p = sums_.data() + static_cast<std::ptrdiff_t>(at.index - first) * Channels;
    const std::uint16_t* q = at.fraction == 0 ? p : p + Channels;
    for (int c = 0; c < Channels; ++c) {
      to[c] = static_cast<std::uint8_t>((p[c] * (256 - at.fraction) + q[c] * at.fraction + 32768) >> 16);
    }
  }
}

template <int Channels>
const std::uint8_t* AlignedSampler::sample(std::int32_t x0, std::int32_t y, int count) {
  const images::Pixmap& pixels = *image_.pixels;
  out_.resize(static_cast<std::size_t>(count) * Channels);
  if (enlarge_ == Enlarge::nearest || (x_.copies && y_.copies)) {
    const std::uint8_t* row = pixels.row(y_.nearest(y).index - image_.top_px);
    if (x_.copies) return row + (std::int64_t{x0} - x_.origin - image_.left_px) * Channels;
    copy_nearest<Channels>(row, x0, count);
    return out_.data();
  }
  const Axis::At at = y_.between(y);
  const std::int32_t first = x_.between(x0).index;
  const std::int32_t last = std::min(x_.between(std::int64_t{x0} + count - 1).index + 1, x_.size - 1);
  const std::uint8_t* top =
      pixels.row(at.index - image_.top_px) + std::ptrdiff_t{first - image_.left_px} * Channels;
  const std::uint8_t* below = at.fraction == 0 ? top : top + pixels.stride_bytes;
  const std::uint32_t last_sample = static_cast<std::uint32_t>(last - first + 1) * Channels;
  // A copied axis may end with the window: its last index has no neighbour to read.
  const std::uint32_t n = x_.copies ? static_cast<std::uint32_t>(count) * Channels : last_sample;
  sums_.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    sums_[i] = static_cast<std::uint16_t>(top[i] * (256 - at.fraction) + below[i] * at.fraction);
  }
  blend_across<Channels>(x0, count, first);
  return out_.data();
}

const std::uint8_t* AlignedSampler::row(std::int32_t x0, std::int32_t y, int count) {
  switch (format()) {
    case images::PixelFormat::gray8:
      return sample<1>(x0, y, count);
    case images::PixelFormat::rgb8:
      return sample<3>(x0, y, count);
    default:
      return sample<4>(x0, y, count);
  }
}

SkewedSampler::SkewedSampler(PreparedImage image, const ImagePlacement& placement, Enlarge enlarge)
    : image_(std::move(image)), image_from_device_(placement.image_from_device), enlarge_(enlarge) {
  // Distance between opposite edges: the inverse of the gradient of the unit coordinate. Images thinner than
  // a pixel are widened to one.
  const auto edge = [](double gx, double gy) {
    const double thickness = 1 / std::sqrt(gx * gx + gy * gy);
    return Edge{thickness, std::max(thickness / 2, 0.5)};
  };
  across_ = edge(image_from_device_.a, image_from_device_.c);
  down_ = edge(image_from_device_.b, image_from_device_.d);
}

double SkewedSampler::Edge::inside(double unit) const {
  const double from_middle_px = std::fabs(unit - 0.5) * thickness_px;
  return std::clamp(half_px - from_middle_px + 0.5, 0.0, 1.0);
}

template <int Channels>
void SkewedSampler::sample(double u, double v, std::uint8_t* out) const {
  const images::Pixmap& pixels = *image_.pixels;
  // 24.8 fixed point in the part at hand, sample centres at whole numbers; clamping repeats the border.
  const auto locate = [](double position, std::int32_t begin, std::int32_t count) {
    const double at = std::clamp(position - begin, 0.0, static_cast<double>(count - 1));
    return static_cast<std::int64_t>(at * 256);
  };
  const double shift = enlarge_ == Enlarge::nearest ? 0 : 0.5;
  const std::int64_t fx = locate(u * image_.width_px - shift, image_.left_px, pixels.width_px);
  const std::int64_t fy = locate(v * image_.height_px - shift, image_.top_px, pixels.height_px);
  const std::uint8_t* top = pixels.row(static_cast<int>(fy >> 8)) + (fx >> 8) * Channels;
  if (enlarge_ == Enlarge::nearest) {
    std::copy_n(top, Channels, out);
    return;
  }
  const std::uint32_t x = fx & 255, y = fy & 255;
  const std::size_t right = x == 0 ? 0 : Channels;
  const std::uint8_t* below = y == 0 ? top : top + pixels.stride_bytes;
  for (std::size_t c = 0; c < Channels; ++c) {
    const std::uint32_t t = top[c] * (256 - x) + top[c + right] * x;
    const std::uint32_t b = below[c] * (256 - x) + below[c + right] * x;
    out[c] = static_cast<std::uint8_t>((t * (256 - y) + b * y + 32768) >> 16);
  }
}

void SkewedSampler::row(std::int32_t x0, std::int32_t y, int count, std::uint8_t* pixels,
                        std::uint8_t* inside) const {
  const Matrix& m = image_from_device_;
  const int channels = images::bytes_per_pixel(format());
  const double row_u = m.c * (y + 0.5) + m.e, row_v = m.d * (y + 0.5) + m.f;
  for (int i = 0; i < count; ++i, pixels += channels) {
    const double x = x0 + (i + 0.5);
    const double u = m.a * x + row_u, v = m.b * x + row_v;
    const double share = across_.inside(u) * down_.inside(v);
    inside[i] = static_cast<std::uint8_t>(share * 255 + 0.5);
    if (inside[i] == 0) {
      std::fill_n(pixels, channels, std::uint8_t{0});
    } else if (channels == 1) {
      sample<1>(u, v, pixels);
    } else if (channels == 3) {
      sample<3>(u, v, pixels);
    } else {
      sample<4>(u, v, pixels);
    }
  }
}

}  // namespace ode::raster
