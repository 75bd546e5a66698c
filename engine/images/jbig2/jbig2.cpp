// Segments in their order: dictionaries, tables and intermediate regions are kept for those that refer to
// them, immediate regions are drawn on the page.
#include "engine/images/jbig2/jbig2.h"

#include <algorithm>
#include <map>
#include <optional>
#include <variant>

#include "engine/images/jbig2/halftone.h"
#include "engine/images/jbig2/regions.h"
#include "engine/images/jbig2/segments.h"
#include "engine/images/jbig2/symbols.h"

namespace ode::images {
namespace jbig2 {
namespace {

using Patterns = std::vector<Bitmap>;
using Kept = std::variant<SymbolDictionary, Patterns, SharedTable, Bitmap>;

/// What a segment that is kept costs beside its bitmaps and symbols.
constexpr std::int64_t kSegmentBytes = 256;

struct Page {
  Bitmap bitmap;
  Pixel fill = Pixel::white;
  bool grows = false;  ///< its height is not known in advance (7.4.8.2)
};

class StreamDecoder {
 public:
  StreamDecoder(std::int64_t pixels_max, const CancelFlag* cancel) : budget_(cancel, pixels_max) {}

  Status decode(ByteView bytes);
  Result<Jbig2Page> finish();

 private:
  Status decode_segment(const Segment& segment);
  Status decode_page_information(ByteView data);
  Status decode_region(const Segment& segment);
  Status draw_region(const Segment& segment, BitReader& in, const RegionInfo& info, Bitmap& out);
  Status grow_to(std::int64_t height);
  Status keep(std::uint32_t number, Kept kept);
  Referred find(const std::vector<std::uint32_t>& numbers) const;

  Budget budget_;
  std::map<std::uint32_t, Kept> kept_;
  std::optional<Page> page_;
  bool page_over_ = false;
};

Status StreamDecoder::decode(ByteView bytes) {
  ByteView rest = without_file_header(bytes);
  while (!page_over_) {
    const std::optional<Segment> segment = ODE_TRY(take_segment(rest, budget_));
    if (!segment) break;
    const Status done = decode_segment(*segment);
    // Headers say where the next segment begins, whatever is wrong with this one.
    if (!done && done.error().kind != ErrorKind::malformed) return done;
  }
  return Ok{};
}

Status StreamDecoder::decode_segment(const Segment& segment) {
  switch (segment.type) {
    case SegmentType::symbol_dictionary:
      return keep(segment.number, ODE_TRY(decode_symbols(segment.data, find(segment.referred), budget_)));
    case SegmentType::pattern_dictionary:
      return keep(segment.number, ODE_TRY(decode_patterns(segment.data, budget_)));
    case SegmentType::code_table:
      return keep(segment.number, ODE_TRY(decode_code_table(segment.data, budget_)));
    case SegmentType::text_region:
    case SegmentType::halftone_region:
    case SegmentType::generic_region:
    case SegmentType::refinement_region:
      return decode_region(segment);
    case SegmentType::page_information:
      return decode_page_information(segment.data);
    case SegmentType::end_of_stripe:  // its last row (7.4.10)
      return segment.data.size() < 4 ? Status(Ok{})
                                     : grow_to(std::int64_t{BitReader(segment.data).u32()} + 1);
    case SegmentType::other:
      return Ok{};
  }
  return Ok{};
}

/// T.88, 7.4.8.
Status StreamDecoder::decode_page_information(ByteView data) {
  constexpr std::uint32_t kUnknownHeight = 0xffffffff;
  if (page_) {  // another page
    page_over_ = true;
    return Ok{};
  }
  BitReader in(data);
  const std::uint32_t width = in.u32(), height = in.u32();
  in.take(8);  // resolutions
  const std::uint32_t flags = in.u8();
  const std::uint32_t stripe_rows = in.u16() & 0x7fff;
  if (width == 0) return damaged("JBIG2 page without width");
  Page page;
  page.grows = height == kUnknownHeight;
  page.bitmap = ODE_TRY(make_bitmap(width, page.grows ? stripe_rows : height, budget_));
  page.fill = (flags & 4) != 0 ? Pixel::black : Pixel::white;
  fill_bitmap(page.bitmap, page.fill);
  page_ = std::move(page);
  return Ok{};
}

/// Only pages of unknown height grow.
Status StreamDecoder::grow_to(std::int64_t height) {
  if (!page_ || !page_->grows || height <= page_->bitmap.height) return Ok{};
  return grow_bitmap(page_->bitmap, height, page_->fill, budget_);
}

Status StreamDecoder::decode_region(const Segment& segment) {
  BitReader in(segment.data);
  RegionInfo info = ODE_TRY(read_region_info(in));
  if (segment.rows && *segment.rows < info.height) info.height = *segment.rows;
  if (segment.immediate && !page_) return damaged("JBIG2 region without a page");
  Bitmap bitmap = ODE_TRY(make_bitmap(info.width, info.height, budget_));
  const Status drawn = draw_region(segment, in, info, bitmap);
  if (!drawn && drawn.error().kind != ErrorKind::malformed) return drawn;
  // Half a region is better than none, but not half a refinement than what it would refine.
  if (!drawn && segment.type == SegmentType::refinement_region) return drawn;
  if (!segment.immediate) return keep(segment.number, std::move(bitmap));
  ODE_TRY(grow_to(info.y + info.height));
  // Its own operator, even where the page does not permit others than its own (7.4.8.5): so do other viewers.
  combine(page_->bitmap, bitmap, info.x, info.y, info.op);
  return drawn;
}

Status StreamDecoder::draw_region(const Segment& segment, BitReader& in, const RegionInfo& info,
                                  Bitmap& out) {
  const Referred referred = find(segment.referred);
  switch (segment.type) {
    case SegmentType::text_region:
      return decode_text_region(in, referred, out, budget_);
    case SegmentType::halftone_region:
      if (referred.patterns == nullptr) return damaged("JBIG2 halftone without patterns");
      return decode_halftone(in, *referred.patterns, out, budget_);
    case SegmentType::generic_region:
      return decode_generic_region(in, out, budget_);
    default:
      break;
  }
  if (referred.region != nullptr) return decode_refinement_region(in, *referred.region, out, budget_);
  if (!page_) return damaged("JBIG2 refinement of nothing");
  // 7.4.7.5: the page itself, where the region lies.
  Bitmap reference = ODE_TRY(make_bitmap(info.width, info.height, budget_));
  copy_part(page_->bitmap, info.x, info.y, reference);
  return decode_refinement_region(in, reference, out, budget_);
}

Status StreamDecoder::keep(std::uint32_t number, Kept kept) {
  ODE_TRY(budget_.take_memory(kSegmentBytes));
  kept_.insert_or_assign(number, std::move(kept));
  return Ok{};
}

Referred StreamDecoder::find(const std::vector<std::uint32_t>& numbers) const {
  Referred out;
  for (const std::uint32_t number : numbers) {
    const auto found = kept_.find(number);
    if (found == kept_.end()) continue;
    if (const auto* dictionary = std::get_if<SymbolDictionary>(&found->second)) {
      out.dictionaries.push_back(dictionary);
    } else if (const auto* patterns = std::get_if<Patterns>(&found->second)) {
      out.patterns = patterns;
    } else if (const auto* table = std::get_if<SharedTable>(&found->second)) {
      out.tables.push_back(*table);
    } else {
      out.region = std::get_if<Bitmap>(&found->second);
    }
  }
  return out;
}

Result<Jbig2Page> StreamDecoder::finish() {
  if (!page_) return damaged("damaged JBIG2 data");
  Bitmap& bitmap = page_->bitmap;
  return Jbig2Page{bitmap.width, bitmap.height, bitmap.stride_bytes, std::move(bitmap.bits)};
}

}  // namespace
}  // namespace jbig2

Result<Jbig2Page> decode_jbig2(ByteView bytes, ByteView globals, std::int64_t pixels_max,
                               const CancelFlag* cancel) {
  jbig2::StreamDecoder decoder(std::min(pixels_max, kImagePixelsMax), cancel);
  ODE_TRY(decoder.decode(globals));
  ODE_TRY(decoder.decode(bytes));
  return decoder.finish();
}

}  // namespace ode::images
