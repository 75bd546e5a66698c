// Segments of a JBIG2 stream: their headers (T.88, 7.2) and the fields that regions begin with (7.4.1).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/bits.h"

namespace ode::images::jbig2 {

/// T.88, 7.3. Of regions, the first of a family: intermediate, then immediate and immediate lossless.
enum class SegmentType : std::uint8_t {
  symbol_dictionary = 0,
  text_region = 4,
  pattern_dictionary = 16,
  halftone_region = 20,
  generic_region = 36,
  refinement_region = 40,
  page_information = 48,
  end_of_stripe = 50,
  code_table = 53,
  other = 63,  ///< ends of pages and files, profiles, extensions: nothing to draw
};

struct Segment {
  std::uint32_t number = 0;
  SegmentType type = SegmentType::other;
  bool immediate = false;               ///< a region that is drawn at once, not kept for another to refine
  std::vector<std::uint32_t> referred;  ///< numbers of segments
  ByteView data;                        ///< what there is of it
  /// Of a generic region whose length was not known in advance: the rows that there are at last (7.2.7).
  std::optional<std::uint32_t> rows;
};

/// Behind the header of a file (Annex D.4), which streams in PDFs should not have but have.
ByteView without_file_header(ByteView bytes);

/// Takes the first segment off `rest`; none when no whole header is left. Errors: limit_exceeded, cancelled.
Result<std::optional<Segment>> take_segment(ByteView& rest, Budget& budget);

/// The region segment information field (7.4.1).
struct RegionInfo {
  std::int64_t width = 0, height = 0;
  std::int64_t x = 0, y = 0;
  Operator op = Operator::or_;
};

/// Errors: malformed.
Result<RegionInfo> read_region_info(BitReader& in);

}  // namespace ode::images::jbig2
