#include "engine/images/jbig2/halftone.h"

#include <optional>

#include "engine/images/jbig2/generic.h"
#include "engine/images/jbig2/symbols.h"

namespace ode::images::jbig2 {
namespace {

/// Where the patterns of a halftone stand (7.4.5.1.2 and 7.4.5.1.3): in 1/256 pixels.
struct Grid {
  std::uint32_t width = 0, height = 0;
  std::int64_t x = 0, y = 0;
  std::int64_t step_x = 0, step_y = 0;

  /// 6.6.5.2: the top left corner of the pattern in that column and row.
  std::int64_t left(std::int64_t column, std::int64_t row) const {
    return (x + row * step_y + column * step_x) >> 8;
  }
  std::int64_t top(std::int64_t column, std::int64_t row) const {
    return (y + row * step_x - column * step_y) >> 8;
  }
};

struct Header {
  bool mmr = false, skips = false;
  GenericTemplate generic;
  Operator op = Operator::or_;
  Pixel fill = Pixel::white;
  Grid grid;
};

Result<Header> read_header(BitReader& in) {
  Header out;
  const std::uint32_t flags = in.u8();
  out.mmr = (flags & 1) != 0;
  out.generic.number = static_cast<int>(flags >> 1 & 3);
  out.generic.adaptive = nominal_adaptive(out.generic.number);
  out.skips = (flags & 8) != 0;
  if ((flags >> 4 & 7) > static_cast<std::uint32_t>(Operator::replace))
    return damaged("unknown JBIG2 operator");
  out.op = static_cast<Operator>(flags >> 4 & 7);
  out.fill = (flags & 0x80) != 0 ? Pixel::black : Pixel::white;
  out.grid.width = in.u32();
  out.grid.height = in.u32();
  out.grid.x = in.i32();
  out.grid.y = in.i32();
  out.grid.step_x = in.u16();
  out.grid.step_y = in.u16();
  if (in.damaged()) return damaged("damaged JBIG2 halftone");
  return out;
}

/// 6.6.5.1: cells whose pattern lies outside the region have no code.
Result<Bitmap> skipped_cells(const Grid& grid, const Bitmap& pattern, const Bitmap& region, Budget& budget) {
  Bitmap out = ODE_TRY(make_bitmap(grid.width, grid.height, budget));
  for (int row = 0; row < out.height; ++row) {
    ODE_TRY(budget.poll());
    for (int column = 0; column < out.width; ++column) {
      const std::int64_t x = grid.left(column, row), y = grid.top(column, row);
      const bool outside =
          x + pattern.width <= 0 || x >= region.width || y + pattern.height <= 0 || y >= region.height;
      if (outside) out.row(row)[column >> 3] |= static_cast<std::uint8_t>(0x80 >> (column & 7));
    }
  }
  return out;
}

/// Annex C: a gray-scale image as bit planes in Gray code, the most significant first.
Result<std::vector<Bitmap>> decode_planes(BitReader& in, const Header& header, int count, const Bitmap* skip,
                                          Budget& budget) {
  ODE_TRY(budget.take_scratch(static_cast<std::int64_t>(header.generic.context_count())));
  std::vector<Context> contexts(header.generic.context_count());
  ArithmeticDecoder coder(in.rest());
  std::vector<Bitmap> planes;
  for (int i = 0; i < count; ++i) {
    Bitmap plane = ODE_TRY(make_bitmap(header.grid.width, header.grid.height, budget));
    if (header.mmr) {
      in.take(ODE_TRY(decode_mmr(in.rest(), plane, budget)));
    } else {
      ODE_TRY(decode_generic(coder, contexts, header.generic, skip, plane, budget));
    }
    if (!planes.empty()) combine(plane, planes.back(), 0, 0, Operator::xor_);
    planes.push_back(std::move(plane));
  }
  return planes;
}

}  // namespace

Result<std::vector<Bitmap>> decode_patterns(ByteView data, Budget& budget) {
  BitReader in(data);
  const std::uint32_t flags = in.u8();
  const int width = static_cast<int>(in.u8()), height = static_cast<int>(in.u8());
  const std::int64_t count = std::int64_t{in.u32()} + 1;
  if (in.damaged() || width == 0 || height == 0) return damaged("damaged JBIG2 pattern dictionary");
  ODE_TRY(budget.take_symbols(count));
  // 6.7.5: all beside each other; the first adaptive pixel is in the pattern before.
  Bitmap all = ODE_TRY(make_bitmap(count * width, height, budget));
  if ((flags & 1) != 0) {
    ODE_TRY(decode_mmr(in.rest(), all, budget));
  } else {
    GenericTemplate shape;
    shape.number = static_cast<int>(flags >> 1 & 3);
    shape.adaptive = nominal_adaptive(shape.number);
    shape.adaptive[0] = {-width, 0};
    ODE_TRY(budget.take_scratch(static_cast<std::int64_t>(shape.context_count())));
    std::vector<Context> contexts(shape.context_count());
    ArithmeticDecoder coder(in.rest());
    ODE_TRY(decode_generic(coder, contexts, shape, nullptr, all, budget));
  }
  std::vector<Bitmap> patterns;
  for (std::int64_t i = 0; i < count; ++i) {
    ODE_TRY(budget.take_memory(kBitmapBytes));
    patterns.push_back(ODE_TRY(make_bitmap(width, height, budget)));
    copy_part(all, i * width, 0, patterns.back());
  }
  return patterns;
}

Status decode_halftone(BitReader& in, const std::vector<Bitmap>& patterns, Bitmap& out, Budget& budget) {
  const Header header = ODE_TRY(read_header(in));
  const Grid& grid = header.grid;
  ODE_TRY(budget.take_bitmap(grid.width, grid.height));
  fill_bitmap(out, header.fill);
  std::optional<Bitmap> skip;
  if (header.skips) skip = ODE_TRY(skipped_cells(grid, patterns.front(), out, budget));
  const std::vector<Bitmap> planes =
      ODE_TRY(decode_planes(in, header, symbol_id_bits(patterns.size()), skip ? &*skip : nullptr, budget));
  for (std::int64_t row = 0; row < grid.height; ++row) {
    ODE_TRY(budget.poll());
    for (std::int64_t column = 0; column < grid.width; ++column) {
      std::size_t gray = 0;
      for (const Bitmap& plane : planes) gray = gray << 1 | plane.view(row).pixel(column);
      if (gray >= patterns.size()) gray = patterns.size() - 1;
      const std::int64_t x = grid.left(column, row), y = grid.top(column, row);
      ODE_TRY(charge_drawing(out, patterns[gray], x, y, budget));
      combine(out, patterns[gray], x, y, header.op);
    }
  }
  return Ok{};
}

}  // namespace ode::images::jbig2
