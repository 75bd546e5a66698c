#include "engine/images/jbig2/segments.h"

#include <algorithm>
#include <array>

namespace ode::images::jbig2 {
namespace {

constexpr std::uint32_t kUnknownLength = 0xffffffff;

/// Sets type and immediate from the number in the header (7.3).
void set_type(Segment& segment, std::uint32_t type) {
  using enum SegmentType;
  for (const SegmentType region : {text_region, halftone_region, generic_region, refinement_region}) {
    const auto first = static_cast<std::uint32_t>(region);
    if (type != first && type != first + 2 && type != first + 3) continue;
    segment.type = region;
    segment.immediate = type != first;
    return;
  }
  for (const SegmentType known :
       {symbol_dictionary, pattern_dictionary, page_information, end_of_stripe, code_table})
    if (type == static_cast<std::uint32_t>(known)) segment.type = known;
}

/// The data of a generic region of unknown length: it ends with 00 00 (MMR) or FF AC, and a row count
/// (7.2.7).
void find_end(Segment& segment) {
  constexpr std::size_t kRegionHeader = 18, kRowCount = 4;
  const ByteView data = segment.data;
  if (data.size() < kRegionHeader) return;
  const bool mmr = (data[kRegionHeader - 1] & std::byte{1}) != std::byte{0};
  const std::array<std::byte, 2> mark = {mmr ? std::byte{0} : std::byte{0xff},
                                         mmr ? std::byte{0} : std::byte{0xac}};
  const auto found = std::search(data.begin() + kRegionHeader, data.end(), mark.begin(), mark.end());
  if (data.end() - found < static_cast<std::ptrdiff_t>(mark.size() + kRowCount)) return;
  const auto end = static_cast<std::size_t>(found - data.begin()) + mark.size();
  segment.rows = BitReader(data.subspan(end)).u32();
  segment.data = data.first(end + kRowCount);
}

}  // namespace

ByteView without_file_header(ByteView bytes) {
  constexpr std::array<std::uint8_t, 8> kMark = {0x97, 0x4a, 0x42, 0x32, 0x0d, 0x0a, 0x1a, 0x0a};
  constexpr std::size_t kFlags = kMark.size(), kPageCount = 4;
  if (bytes.size() <= kFlags || !std::equal(kMark.begin(), kMark.end(), as_u8(bytes.data()))) return bytes;
  const bool counts_pages = (bytes[kFlags] & std::byte{2}) == std::byte{0};
  return bytes.subspan(std::min(bytes.size(), kFlags + 1 + (counts_pages ? kPageCount : 0)));
}

Result<std::optional<Segment>> take_segment(ByteView& rest, Budget& budget) {
  ODE_TRY(budget.poll());
  const std::optional<Segment> none;
  BitReader in(rest);
  Segment out;
  out.number = in.u32();
  const std::uint32_t flags = in.u8();
  std::uint32_t referred = in.bits(3);
  if (referred == 7) {  // the long form: a count, and a bit for each and for this segment
    referred = in.bits(29);
    in.take((std::uint64_t{referred} + 8) / 8);
  } else {
    in.bits(5);
  }
  const int number_bits = out.number <= 256 ? 8 : out.number <= 65536 ? 16 : 32;
  ODE_TRY(budget.take_symbols(std::min<std::int64_t>(referred, static_cast<std::int64_t>(rest.size()))));
  for (std::uint32_t i = 0; i < referred && !in.damaged(); ++i) out.referred.push_back(in.bits(number_bits));
  in.bits((flags & 0x40) != 0 ? 32 : 8);  // the page: PDF has one
  const std::uint32_t length = in.u32();
  if (in.damaged()) return none;
  set_type(out, flags & 63);
  out.data = in.rest().first(std::min<std::size_t>(length, in.rest().size()));
  if (length == kUnknownLength && out.type == SegmentType::generic_region) find_end(out);
  in.take(out.data.size());
  rest = in.rest();
  return std::optional<Segment>(std::move(out));
}

Result<RegionInfo> read_region_info(BitReader& in) {
  RegionInfo out;
  out.width = in.u32();
  out.height = in.u32();
  out.x = in.i32();
  out.y = in.i32();
  const std::uint32_t op = in.u8() & 7;
  if (in.damaged() || op > static_cast<std::uint32_t>(Operator::replace))
    return damaged("damaged JBIG2 region");
  out.op = static_cast<Operator>(op);
  return out;
}

}  // namespace ode::images::jbig2
