// See images/convert.h.
#include "engine/pdf/images/convert.h"

#include <algorithm>
#include <cstring>

namespace ode::pdf {
namespace {

std::uint8_t to_level(double v) {
  return v > 0 ? static_cast<std::uint8_t>(std::min(v, 1.0) * 255 + 0.5) : 0;
}

/// The pair of component i, or the default.
std::array<double, 2> range_of(std::span<const double> decode, int i, std::array<double, 2> fallback) {
  const auto at = static_cast<std::size_t>(2 * i);
  return at + 1 < decode.size() ? std::array{decode[at], decode[at + 1]} : fallback;
}

double interpolate(const std::array<double, 2>& range, int code, int bits) {
  return range[0] + code * (range[1] - range[0]) / ((1 << bits) - 1);
}

}  // namespace

SampleConverter::SampleConverter(std::shared_ptr<const ColorSpace> space, int bits,
                                 std::span<const double> decode)
    : space_(std::move(space)), components_(space_->components()) {
  if (components_ == 1) {
    build_table(bits, decode);
  } else {
    format_ = images::PixelFormat::rgb8;
    pixel_bytes_ = 3;
    build_remap(bits, decode);
  }
}

SampleConverter SampleConverter::stencil(int bits, std::span<const double> decode) {
  // [1 0] inverts (8.9.6.2); readers go by the first number, also of an array cut short (poppler's mask.pdf).
  const bool inverted = !decode.empty() && decode[0] > (decode.size() > 1 ? decode[1] : 0);
  SampleConverter out;
  std::array<std::uint8_t, 256> levels{};
  const int top = (1 << bits) - 1;
  for (int code = 0; code <= top; ++code) {
    const auto level = static_cast<std::uint8_t>(code * 255 / top);
    levels[code] = inverted ? level : static_cast<std::uint8_t>(255 - level);
  }
  out.set_gray_table(levels);
  return out;
}

SampleConverter SampleConverter::alpha(int bits, std::span<const double> decode) {
  SampleConverter out;
  std::array<std::uint8_t, 256> levels{};
  for (int code = 0; code < 1 << bits; ++code) {
    levels[code] = to_level(interpolate(range_of(decode, 0, {0, 1}), code, bits));
  }
  out.set_gray_table(levels);
  return out;
}

void SampleConverter::set_gray_table(const std::array<std::uint8_t, 256>& levels) {
  table_.assign(levels.begin(), levels.end());
  table_is_identity_ = true;
  for (int code = 0; code < 256; ++code) table_is_identity_ = table_is_identity_ && levels[code] == code;
}

void SampleConverter::build_table(int bits, std::span<const double> decode) {
  std::array<display::Rgb, 256> colors{};
  bool gray = true;
  for (int code = 0; code < 1 << bits; ++code) {
    const double value = interpolate(range_of(decode, 0, space_->default_decode(0, bits)), code, bits);
    colors[code] = quantize(space_->to_rgb({&value, 1}));
    gray = gray && colors[code].r == colors[code].g && colors[code].r == colors[code].b;
  }
  if (gray) {
    std::array<std::uint8_t, 256> levels{};
    for (int code = 0; code < 256; ++code) levels[code] = colors[code].r;
    set_gray_table(levels);
    return;
  }
  format_ = images::PixelFormat::rgb8;
  pixel_bytes_ = 3;
  for (const display::Rgb& c : colors) table_.insert(table_.end(), {c.r, c.g, c.b});
}

void SampleConverter::build_remap(int bits, std::span<const double> decode) {
  remap_.resize(static_cast<std::size_t>(components_));
  bool identity = true;
  for (int i = 0; i < components_; ++i) {
    const auto full = space_->default_decode(i, bits);
    const auto range = range_of(decode, i, full);
    const double width = full[1] - full[0];
    for (int code = 0; code < 1 << bits; ++code) {
      const double value = width != 0 ? (interpolate(range, code, bits) - full[0]) / width : 0;
      remap_[i][code] = to_level(value);
      identity = identity && bits == 8 && remap_[i][code] == code;
    }
  }
  if (identity) remap_.clear();
}

void SampleConverter::convert(const std::uint8_t* codes, std::uint8_t* out, int count,
                              std::vector<std::uint8_t>& scratch) const {
  if (components_ == 1) {
    if (table_is_identity_) {
      std::memcpy(out, codes, static_cast<std::size_t>(count));
    } else if (format_ == images::PixelFormat::gray8) {
      for (int i = 0; i < count; ++i) out[i] = table_[codes[i]];
    } else {
      for (int i = 0; i < count; ++i, out += 3) std::memcpy(out, &table_[std::size_t{3} * codes[i]], 3);
    }
    return;
  }
  if (!remap_.empty()) {
    scratch.resize(static_cast<std::size_t>(count) * static_cast<std::size_t>(components_));
    std::uint8_t* to = scratch.data();
    for (int i = 0; i < count; ++i) {
      for (const auto& map : remap_) *to++ = map[*codes++];
    }
    codes = scratch.data();
  }
  space_->convert_row(codes, out, count);
}

}  // namespace ode::pdf
