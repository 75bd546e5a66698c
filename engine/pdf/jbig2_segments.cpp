// Segment headers of JBIG2 (jbig2_segments.h).
#include "engine/pdf/jbig2_segments.h"

#include <algorithm>

#include "engine/base/limits.h"

namespace ode::pdf {
namespace {

constexpr std::uint32_t kUnknownLength = 0xffffffff;
constexpr std::uint32_t kUnknownHeight = 0xffffffff;

std::uint32_t number_at(ByteView bytes, std::size_t at, std::size_t size = 4) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + size && i < bytes.size(); ++i)
    value = value << 8 | std::to_integer<std::uint32_t>(bytes[i]);
  return value;
}

struct Segment {
  unsigned type = 0;
  bool unknown_length = false;
  ByteView data;
};

/// Takes the first segment off `rest`; false when no whole header is left (T.88, 7.2).
bool take_segment(ByteView& rest, Segment& out) {
  if (rest.size() < 11) return false;
  const std::uint32_t number = number_at(rest, 0);
  const std::uint32_t flags = number_at(rest, 4, 1);
  std::size_t references = number_at(rest, 5, 1) >> 5, at = 6;
  if (references == 7) {
    references = number_at(rest, 5) & 0x1fffffff;
    at = 9 + (references + 8) / 8;
  }
  at += references * (number <= 256 ? 1 : number <= 65536 ? 2 : 4) + ((flags & 0x40) != 0 ? 4 : 1);
  if (at + 4 > rest.size()) return false;
  const std::uint32_t length = number_at(rest, at);
  at += 4;
  out.type = flags & 63;
  out.unknown_length = length == kUnknownLength;
  out.data = rest.subspan(at, std::min<std::size_t>(length, rest.size() - at));
  rest = rest.subspan(at + out.data.size());
  return true;
}

/// Bytes of a generic region of unknown length: it ends with 00 00 (MMR) or FF AC, and a row count
/// (T.88, 7.2.7).
std::size_t length_of_unknown(ByteView data) {
  constexpr std::size_t kRegionHeader = 18;
  const bool mmr = (number_at(data, 17, 1) & 1) != 0;
  const std::uint32_t mark = mmr ? 0x0000 : 0xffac;
  for (std::size_t at = kRegionHeader; at + 6 <= data.size(); ++at) {
    if (number_at(data, at, 2) == mark) return at + 6;
  }
  return data.size();
}

Error too_much() { return Error{ErrorKind::limit_exceeded, "JBIG2 segments too large"}; }

Status spend(Jbig2Budget& budget, std::uint32_t width, std::uint32_t height) {
  // Each side first: the product of two 32-bit numbers does not fit.
  if (width > kImagePixelsMax || height > kImagePixelsMax) return too_much();
  budget.pixels -= std::int64_t{width} * height;
  return budget.pixels < 0 ? Status(too_much()) : Status(Ok{});
}

Status spend_symbols(Jbig2Budget& budget, std::uint32_t count) {
  budget.symbols -= count;
  return budget.symbols < 0 ? Status(too_much()) : Status(Ok{});
}

/// T.88, 7.4.3.1: flags, Huffman flags, refinement pixels, then the number of symbols shown.
Status check_text_region(const Segment& s, Jbig2Budget& budget) {
  const std::uint32_t flags = number_at(s.data, 17, 2);
  const bool huffman = (flags & 1) != 0, refined = (flags & 2) != 0, wide_template = (flags & 0x8000) != 0;
  const std::size_t at = 19 + (huffman ? 2u : 0u) + (refined && !wide_template ? 4u : 0u);
  return spend_symbols(budget, number_at(s.data, at));
}

/// T.88, 7.4.2.1: flags, adaptive pixels, refinement pixels, symbols exported and symbols new.
Status check_symbols(const Segment& s, Jbig2Budget& budget) {
  const std::uint32_t flags = number_at(s.data, 0, 2);
  const bool huffman = (flags & 1) != 0, refined = (flags & 2) != 0;
  std::size_t at = 2;
  if (!huffman) at += (flags >> 10 & 3) == 0 ? 8 : 2;
  if (refined && (flags & 0x1000) == 0) at += 4;
  return spend_symbols(budget, number_at(s.data, at + 4));
}

Status check_segment(const Segment& s, Jbig2Budget& budget) {
  if (s.type == 0) return check_symbols(s, budget);
  if (s.type == 16) {  // pattern dictionary: all patterns beside each other (T.88, 7.4.4)
    const std::uint32_t largest = number_at(s.data, 3);
    if (largest > kImagePixelsMax / 256) return too_much();
    return spend(budget, (largest + 1) * number_at(s.data, 1, 1), number_at(s.data, 2, 1));
  }
  if (s.type == 48) {  // page information; a page of unknown height grows with its regions
    const std::uint32_t height = number_at(s.data, 4);
    return spend(budget, number_at(s.data, 0), height == kUnknownHeight ? 1 : height);
  }
  const unsigned family = s.type & ~3u;  // intermediate, immediate and lossless immediate regions
  const bool region = family == 4 || family == 20 || family == 36 || family == 40;
  if (!region) return Ok{};
  ODE_TRY(spend(budget, number_at(s.data, 0), number_at(s.data, 4)));
  if (family == 4) return check_text_region(s, budget);
  if (family == 20) return spend(budget, number_at(s.data, 18), number_at(s.data, 22));  // T.88, 7.4.5.1.2
  return Ok{};
}

}  // namespace

Result<Jbig2Survey> survey_jbig2(ByteView bytes, Jbig2Budget& budget) {
  Jbig2Survey out;
  out.bytes = bytes;
  ByteView rest = bytes;
  Segment segment;
  while (take_segment(rest, segment)) {
    ODE_TRY(check_segment(segment, budget));
    if (segment.type == 48 && segment.data.size() >= 4 && out.page_width == 0) {
      const std::uint32_t width = number_at(segment.data, 0);
      if (width >= 1 && width <= 1U << 20) out.page_width = static_cast<int>(width);
    }
    if (!segment.unknown_length) continue;
    const auto begin = static_cast<std::size_t>(segment.data.data() - bytes.data());
    out.bytes = bytes.first(begin + length_of_unknown(segment.data));
    break;
  }
  return out;
}

}  // namespace ode::pdf
