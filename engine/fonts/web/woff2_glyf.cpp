#include "engine/fonts/web/woff2_glyf.h"

#include <cstdlib>

namespace ode::fonts {
namespace {

/// WOFF2, 4.1: one to three bytes.
void packed_u16(FontBytes& out, unsigned v) {
  if (v < 253) {
    out.u8(v);
  } else if (v < 506) {
    out.u8(255).u8(v - 253);
  } else if (v < 762) {
    out.u8(254).u8(v - 506);
  } else {
    out.u8(253).u16(v);
  }
}

/// WOFF2, 5.2: the flag says how many bits the two deltas have, and their signs.
void triplet(FontBytes& flags, FontBytes& data, int dx, int dy, bool on_curve) {
  const auto x = static_cast<unsigned>(std::abs(dx)), y = static_cast<unsigned>(std::abs(dy));
  const unsigned curve = on_curve ? 0 : 128, x_sign = dx < 0 ? 0 : 1, y_sign = dy < 0 ? 0 : 1;
  const unsigned signs = x_sign + 2 * y_sign;
  if (x == 0 && y < 1280) {
    flags.u8(curve + ((y & 0xf00) >> 7) + y_sign);
    data.u8(y & 0xff);
  } else if (y == 0 && x < 1280) {
    flags.u8(curve + 10 + ((x & 0xf00) >> 7) + x_sign);
    data.u8(x & 0xff);
  } else if (x != 0 && y != 0 && x < 65 && y < 65) {
    flags.u8(curve + 20 + ((x - 1) & 0x30) + (((y - 1) & 0x30) >> 2) + signs);
    data.u8(((x - 1) & 0xf) << 4 | ((y - 1) & 0xf));
  } else if (x != 0 && y != 0 && x < 769 && y < 769) {
    flags.u8(curve + 84 + 12 * (((x - 1) & 0x300) >> 8) + (((y - 1) & 0x300) >> 6) + signs);
    data.u8((x - 1) & 0xff).u8((y - 1) & 0xff);
  } else if (x < 4096 && y < 4096) {
    flags.u8(curve + 120 + signs);
    data.u8(x >> 4).u8((x & 0xf) << 4 | y >> 8).u8(y & 0xff);
  } else {
    flags.u8(curve + 124 + signs);
    data.u16(x).u16(y);
  }
}

}  // namespace

void Woff2Glyf::add(const std::vector<UnitContour>& contours) {
  ++glyph_count_;
  contour_counts_.i16(static_cast<int>(contours.size()));
  int x = 0, y = 0;
  for (const UnitContour& contour : contours) {
    packed_u16(point_counts_, static_cast<unsigned>(contour.size()));
    for (const UnitPoint& p : contour) {
      triplet(flags_, triplets_, p.x - x, p.y - y, p.on_curve);
      x = p.x;
      y = p.y;
    }
  }
  if (!contours.empty()) packed_u16(triplets_, 0);  // no instructions
}

FontBytes Woff2Glyf::finish() && {
  const std::size_t box_bitmap = (glyph_count_ + 31) / 32 * 4;  // no glyph gives its box
  FontBytes out;
  out.u16(0).u16(0).u16(glyph_count_).u16(1);
  for (const std::size_t size : {contour_counts_.size(), point_counts_.size(), flags_.size(),
                                 triplets_.size(), std::size_t{0}, box_bitmap, std::size_t{0}})
    out.u32(static_cast<std::uint32_t>(size));
  return out.add(contour_counts_).add(point_counts_).add(flags_).add(triplets_).zeros(box_bitmap);
}

}  // namespace ode::fonts
