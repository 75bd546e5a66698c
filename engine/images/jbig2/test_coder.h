// Writers of JBIG2 for the tests of decode_jbig2_*: T.88 the other way round, one pixel and one number at a
// time, with none of the decoder's short cuts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/images/jbig2/arithmetic.h"
#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/generic.h"
#include "engine/images/jbig2/refinement.h"

namespace ode::images::jbig2::testing {

/// The MQ encoder: T.88, E.2.
class Encoder {
 public:
  void encode(Context& context, std::uint32_t bit) {
    const ContextState& state = kContextStates[context];
    const std::uint32_t size = state.less_probable >> 16;
    interval_ -= size;
    const bool exchanged = interval_ < size;
    if ((context & 1U) == bit) {
      if (interval_ >= 0x8000) return static_cast<void>(code_ += size);
      context = state.after_more;
      if (exchanged) {
        interval_ = size;
      } else {
        code_ += size;
      }
    } else {
      context = state.after_less;
      if (exchanged) {
        code_ += size;
      } else {
        interval_ = size;
      }
    }
    for (; interval_ < 0x8000; interval_ <<= 1) shift();
  }
  void integer(IntegerContexts& contexts, std::optional<std::int64_t> value) {
    std::uint32_t previous = 1;
    const auto bit = [&](std::uint32_t b) {
      encode(contexts[previous], b);
      previous = previous < 256 ? previous << 1 | b : ((previous << 1 | b) & 511) | 256;
    };
    const std::int64_t left = value.value_or(0);
    bit(!value || left < 0 ? 1 : 0);
    const std::array<std::int64_t, 7> first = {0, 4, 20, 84, 340, 4436, std::int64_t{1} << 40};
    const std::array<int, 6> bits = {2, 4, 6, 8, 12, 32};
    const std::int64_t size = left < 0 ? -left : left;
    std::size_t range = 0;
    for (; size >= first[range + 1]; ++range) bit(1);
    if (range < 5) bit(0);
    for (int i = bits[range] - 1; i >= 0; --i) bit((size - first[range]) >> i & 1);
  }
  void symbol_id(std::vector<Context>& contexts, std::uint32_t id, int bits) {
    std::uint32_t previous = 1;
    for (int i = bits - 1; i >= 0; --i) {
      encode(contexts[previous], id >> i & 1);
      previous = previous << 1 | (id >> i & 1);
    }
  }
  /// FLUSH. Nothing may follow.
  std::string finish() {
    const std::uint32_t end = code_ + interval_;
    code_ |= 0xffff;
    if (code_ >= end) code_ -= 0x8000;
    for (int i = 0; i < 2; ++i) {
      code_ <<= left_;
      put();
    }
    if (out_.back() != '\xff') out_ += '\xff';
    return out_.substr(1) + '\xac';
  }

 private:
  void shift() {
    code_ <<= 1;
    if (--left_ == 0) put();
  }
  /// BYTEOUT, with its carry and the bit that follows 0xff.
  void put() {
    if (out_.back() != '\xff' && code_ >= 0x8000000) {
      out_.back() = static_cast<char>(out_.back() + 1);
      code_ &= 0x7ffffff;
    }
    left_ = out_.back() == '\xff' ? 7 : 8;
    out_ += static_cast<char>(code_ >> (27 - left_));
    code_ &= (1U << (27 - left_)) - 1;
  }

  std::uint32_t interval_ = 0x8000, code_ = 0;
  int left_ = 12;
  std::string out_ = std::string(1, '\0');
};

/// Rows of "#" and ".".
inline Bitmap picture(const std::vector<std::string>& rows) {
  Budget budget(nullptr);
  Bitmap out =
      make_bitmap(static_cast<std::int64_t>(rows[0].size()), static_cast<std::int64_t>(rows.size()), budget)
          .value();
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      const bool black = rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#';
      out.row(y)[x >> 3] |= static_cast<std::uint8_t>((black ? 0x80 : 0) >> (x & 7));
    }
  }
  return out;
}
inline std::vector<std::string> rows_of(const Bitmap& bitmap) {
  std::vector<std::string> out;
  for (int y = 0; y < bitmap.height; ++y) {
    out.emplace_back();
    for (int x = 0; x < bitmap.width; ++x) out.back() += bitmap.view(y).pixel(x) != 0 ? '#' : '.';
  }
  return out;
}

struct Noise {
  std::uint32_t state;
  std::uint32_t operator()(std::uint32_t below) {
    return ((state = state * 1664525 + 1013904223) >> 8) % below;
  }
};

/// Blots on paper, some rows repeated, some parts white.
inline Bitmap noisy_picture(int width, int height, std::uint32_t seed) {
  Noise noise{seed};
  std::vector<std::string> rows;
  for (int y = 0; y < height; ++y) {
    if (y > 0 && noise(4) == 0) {
      rows.push_back(rows.back());
      continue;
    }
    rows.emplace_back(static_cast<std::size_t>(width), '.');
    for (int x = 0; x < width; ++x) {
      const bool more = x > 0 && rows.back()[static_cast<std::size_t>(x) - 1] == '#';
      if (y > height / 3 && noise(16) < (more ? 12U : 1U)) rows.back()[static_cast<std::size_t>(x)] = '#';
    }
  }
  return picture(rows);
}

/// The pixels of a generic context (Figures 3 to 6), the lowest bit first.
inline std::vector<AdaptivePixel> context_pixels(const GenericTemplate& shape) {
  const auto& a = shape.adaptive;
  if (shape.extended) {
    return {{-1, 0},  a[0], a[6],  a[7], a[9], a[5], {1, -1}, {0, -1},
            {-1, -1}, a[2], a[11], a[8], a[4], a[1], a[3],    a[10]};
  }
  switch (shape.number) {
    case 0:
      return {{-1, 0},  {-2, 0},  {-3, 0}, {-4, 0}, a[0],    {2, -1}, {1, -1},  {0, -1},
              {-1, -1}, {-2, -1}, a[1],    a[2],    {1, -2}, {0, -2}, {-1, -2}, a[3]};
    case 1:
      return {{-1, 0},  {-2, 0},  {-3, 0}, a[0],    {2, -1}, {1, -1}, {0, -1},
              {-1, -1}, {-2, -1}, {2, -2}, {1, -2}, {0, -2}, {-1, -2}};
    case 2:
      return {{-1, 0}, {-2, 0}, a[0], {1, -1}, {0, -1}, {-1, -1}, {-2, -1}, {1, -2}, {0, -2}, {-1, -2}};
    default:
      return {{-1, 0}, {-2, 0}, {-3, 0}, {-4, 0}, a[0], {1, -1}, {0, -1}, {-1, -1}, {-2, -1}, {-3, -1}};
  }
}

inline void encode_generic(Encoder& out, std::vector<Context>& contexts, const GenericTemplate& shape,
                           const Bitmap* skip, const Bitmap& bitmap) {
  constexpr std::array<std::size_t, 4> kTypical = {0x9b25, 0x0795, 0x00e5, 0x0195};
  const std::vector<AdaptivePixel> pixels = context_pixels(shape);
  const auto rows = rows_of(bitmap);
  bool repeated = false;
  for (int y = 0; y < bitmap.height; ++y) {
    if (shape.typical) {
      const auto at = static_cast<std::size_t>(y);
      const bool repeats = y == 0 ? rows[0].find('#') == std::string::npos : rows[at] == rows[at - 1];
      out.encode(contexts[kTypical[static_cast<std::size_t>(shape.number)]], repeats != repeated ? 1 : 0);
      repeated = repeats;
      if (repeats) continue;
    }
    for (int x = 0; x < bitmap.width; ++x) {
      if (skip != nullptr && skip->view(y).pixel(x) != 0) continue;
      std::uint32_t context = 0;
      for (std::size_t i = 0; i < pixels.size(); ++i)
        context |= bitmap.view(y + pixels[i].dy).pixel(x + pixels[i].dx) << i;
      out.encode(contexts[context], bitmap.view(y).pixel(x));
    }
  }
}

inline void encode_refinement(Encoder& out, std::vector<Context>& contexts, const RefinementTemplate& shape,
                              const Reference& reference, const Bitmap& bitmap) {
  const auto ref = [&](std::int64_t x, std::int64_t y) {
    return reference.bitmap->view(y - reference.dy).pixel(x - reference.dx);
  };
  const auto nine = [&](int x, int y) {
    std::uint32_t sum = 0;
    for (int i = 0; i < 9; ++i) sum += ref(x - 1 + i % 3, y - 1 + i / 3);
    return sum;
  };
  bool was_typical = false;
  for (int y = 0; y < bitmap.height; ++y) {
    bool typical = shape.typical;
    for (int x = 0; x < bitmap.width && typical; ++x) {
      const std::uint32_t sum = nine(x, y);
      if ((sum == 0 || sum == 9) && bitmap.view(y).pixel(x) != sum / 9) typical = false;
    }
    if (shape.typical) out.encode(contexts[shape.number == 0 ? 0x100 : 0x80], typical != was_typical ? 1 : 0);
    was_typical = typical;
    for (int x = 0; x < bitmap.width; ++x) {
      if (typical && (nine(x, y) == 0 || nine(x, y) == 9)) continue;
      const auto own = [&](int dx, int dy) { return bitmap.view(y + dy).pixel(x + dx); };
      const AdaptivePixel &a = shape.adaptive[0], &b = shape.adaptive[1];
      const std::vector<std::uint32_t> bits =
          shape.number == 0 ? std::vector<std::uint32_t>{own(-1, 0),
                                                         own(1, -1),
                                                         own(0, -1),
                                                         own(a.dx, a.dy),
                                                         ref(x + 1, y + 1),
                                                         ref(x, y + 1),
                                                         ref(x - 1, y + 1),
                                                         ref(x + 1, y),
                                                         ref(x, y),
                                                         ref(x - 1, y),
                                                         ref(x + 1, y - 1),
                                                         ref(x, y - 1),
                                                         ref(x + b.dx, y + b.dy)}
                            : std::vector<std::uint32_t>{
                                  own(-1, 0),    own(1, -1),    own(0, -1), own(-1, -1),   ref(x + 1, y + 1),
                                  ref(x, y + 1), ref(x + 1, y), ref(x, y),  ref(x - 1, y), ref(x, y - 1)};
      std::uint32_t context = 0;
      for (std::size_t i = 0; i < bits.size(); ++i) context |= bits[i] << i;
      out.encode(contexts[context], bitmap.view(y).pixel(x));
    }
  }
}

// Fields and segments.

inline std::string u8(std::uint32_t v) { return std::string(1, static_cast<char>(v)); }
inline std::string u16(std::uint32_t v) { return u8(v >> 8) + u8(v); }
inline std::string u32(std::uint32_t v) { return u16(v >> 16) + u16(v); }

/// Of page 1, with fewer than five references.
inline std::string segment(std::uint32_t number, std::uint32_t type,
                           const std::vector<std::uint32_t>& referred, const std::string& data) {
  std::string out = u32(number) + u8(type) + u8(static_cast<std::uint32_t>(referred.size()) << 5);
  for (const std::uint32_t other : referred) out += u8(other);
  return out + u8(1) + u32(static_cast<std::uint32_t>(data.size())) + data;
}
inline std::string page(std::uint32_t width, std::uint32_t height, std::uint32_t flags = 0,
                        std::uint32_t stripes = 0) {
  return segment(0, 48, {}, u32(width) + u32(height) + u32(0) + u32(0) + u8(flags) + u16(stripes));
}
inline std::string region(std::uint32_t width, std::uint32_t height, std::uint32_t x = 0, std::uint32_t y = 0,
                          Operator op = Operator::or_) {
  return u32(width) + u32(height) + u32(x) + u32(y) + u8(static_cast<std::uint32_t>(op));
}
inline std::string adaptive(const GenericTemplate& shape) {
  std::string out;
  for (std::size_t i = 0; i < shape.adaptive_count(); ++i)
    out += u8(static_cast<std::uint32_t>(shape.adaptive[i].dx)) +
           u8(static_cast<std::uint32_t>(shape.adaptive[i].dy));
  return out;
}
/// The data of a generic region segment that shows `bitmap`.
inline std::string generic_region(const Bitmap& bitmap, std::uint32_t x = 0, std::uint32_t y = 0,
                                  Operator op = Operator::or_) {
  GenericTemplate shape;
  shape.adaptive = nominal_adaptive(0);
  std::vector<Context> contexts(shape.context_count());
  Encoder coder;
  encode_generic(coder, contexts, shape, nullptr, bitmap);
  return region(static_cast<std::uint32_t>(bitmap.width), static_cast<std::uint32_t>(bitmap.height), x, y,
                op) +
         u8(0) + adaptive(shape) + coder.finish();
}

}  // namespace ode::images::jbig2::testing
