// Web fonts: glyphs of any outlines, characters, ligatures and kerns are built as OpenType and as WOFF2. What
// is built must be a font: a table directory whose tables are in the file.
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "engine/base/bytes.h"
#include "engine/fonts/web/font.h"

namespace {

/// Reads the input as numbers; zeros past its end.
class Numbers {
 public:
  Numbers(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool ended() const { return at_ >= size_; }
  unsigned byte() { return at_ < size_ ? data_[at_++] : 0; }
  /// Mostly within a glyph, now and then anything.
  double coordinate() {
    const auto n = static_cast<double>(byte() << 8 | byte());
    const unsigned kind = byte();
    if (kind == 255) return std::numeric_limits<double>::infinity();
    if (kind == 254) return std::numeric_limits<double>::quiet_NaN();
    if (kind == 253) return n * 1e30;
    return kind > 250 ? n * 1e3 : (n - 20'000) / 20'000;
  }
  char32_t code_point() {
    const unsigned kind = byte();
    return kind < 128 ? kind : kind < 250 ? byte() << 8 | byte() : byte() << 24 | byte() << 16 | byte();
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_, at_ = 0;
};

std::shared_ptr<const ode::Path> outline_of(Numbers& in) {
  auto path = std::make_shared<ode::Path>();
  const auto point = [&] {
    const double x = in.coordinate();
    return ode::Point{x, in.coordinate()};
  };
  path->move_to(point());
  for (unsigned left = in.byte() % 40; left > 0 && !in.ended(); --left) {
    switch (in.byte() % 5) {
      case 0:
        path->move_to(point());
        break;
      case 1:
        path->line_to(point());
        break;
      case 2: {
        const ode::Point c = point();
        path->quad_to(c, point());
        break;
      }
      case 3: {
        const ode::Point a = point(), b = point();
        path->cubic_to(a, b, point());
        break;
      }
      default:
        path->close();
    }
  }
  return path;
}

ode::fonts::WebFont font_of(Numbers& in) {
  ode::fonts::WebFont font;
  font.family = "f";
  constexpr int kUnits[] = {1000, 2048, 16, 16384};
  font.units_per_em = kUnits[in.byte() % 4];
  const auto glyphs = static_cast<std::uint32_t>(1 + in.byte() % 64);
  for (std::uint32_t i = 0; i < glyphs && !in.ended(); ++i) {
    ode::fonts::WebGlyph glyph;
    if (in.byte() % 8 != 0) glyph.outline = outline_of(in);
    glyph.advance_em = in.coordinate();
    for (unsigned n = in.byte() % 4; n > 0; --n) glyph.code_points.push_back(in.code_point());
    for (unsigned n = in.byte() % 3; n > 0; --n) {
      std::u32string ligature;
      for (unsigned length = 2 + in.byte() % 3; length > 0; --length) ligature += in.code_point();
      glyph.ligatures.push_back(ligature);
    }
    font.glyphs.push_back(std::move(glyph));
  }
  const auto count = static_cast<std::uint32_t>(font.glyphs.size());
  for (unsigned n = in.byte(); n > 0 && count > 0 && !in.ended(); --n) {
    const std::uint32_t left = in.byte() % count;
    font.kerns[{left, in.byte() % count}] = in.coordinate();
  }
  return font;
}

void require(bool condition) {
  if (!condition) std::abort();
}

std::uint32_t u32(const std::vector<std::uint8_t>& bytes, std::size_t at) {
  require(at + 4 <= bytes.size());
  return static_cast<std::uint32_t>(bytes[at]) << 24 | static_cast<std::uint32_t>(bytes[at + 1]) << 16 |
         static_cast<std::uint32_t>(bytes[at + 2]) << 8 | bytes[at + 3];
}

/// OpenType 1.9, "Table directory": sorted tags, tables on multiples of four, within the file, not
/// overlapping each other's beginning.
void check_tables(const std::vector<std::uint8_t>& font) {
  const std::uint32_t count = u32(font, 4) >> 16;
  require(count > 0 && count < 32);
  std::uint32_t last_tag = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t record = 12 + 16 * std::size_t{i};
    const std::uint32_t tag = u32(font, record), offset = u32(font, record + 8),
                        length = u32(font, record + 12);
    require(tag > last_tag);
    require(offset % 4 == 0 && offset >= 12 + 16 * count);
    require(offset <= font.size() && length <= font.size() - offset);
    last_tag = tag;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Numbers in(data, size);
  const ode::fonts::WebFont font = font_of(in);
  const auto open_type = ode::fonts::build_open_type(font);
  if (open_type) check_tables(*open_type);
  const auto woff2 = ode::fonts::build_woff2(font);
  require(open_type.ok() == woff2.ok());
  // W3C WOFF2, 4.1: signature, flavour, length of the file.
  if (woff2) require(u32(*woff2, 0) == 0x774f4632 && u32(*woff2, 8) == woff2->size());
  return 0;
}
