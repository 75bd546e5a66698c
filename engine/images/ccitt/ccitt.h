// CCITT fax: ITU-T T.4 (one- and two-dimensional, "Group 3") and T.6 ("Group 4"), as ISO 32000-2, 7.4.6 wraps
// them. Neighbours: decode_ccitt_codes has the code tables; used by engine/pdf/image_bilevel and
// decode_jbig2_generic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "engine/base/bytes.h"
#include "engine/base/cancel.h"
#include "engine/base/result.h"

namespace ode::images {

/// ISO 32000-2, Table 11. End-of-line codes are found whether promised or not.
struct CcittOptions {
  int k = 0;                 ///< < 0: T.6; 0: T.4 one-dimensional; > 0: T.4 with a tag bit for each row
  bool byte_align = false;   ///< rows begin on bytes
  bool end_of_block = true;  ///< an end-of-block code ends the data; else only the number of rows does
  bool black_is_1 = false;
  int columns = 1728;  ///< 1 to kCcittColumnsMax
  int rows = 0;        ///< as many are decoded at most
};

inline constexpr int kCcittColumnsMax = 1 << 20;

/// Takes row `y`: (columns + 7) / 8 bytes, the leftmost pixel in the highest bit.
using CcittRowSink = std::function<void(int y, const std::uint8_t* row)>;

/// Calls `sink` for rows 0, 1, … and returns how many came. Damaged one-dimensional rows are given up to the
/// damage and decoding goes on at the next end-of-line code; damage in T.6 ends the image, since each row
/// depends on the last. Errors: malformed (not one row; impossible options), cancelled.
Result<int> decode_ccitt(ByteView bytes, const CcittOptions& options, const CancelFlag* cancel,
                         const CcittRowSink& sink);

/// T.6 as JBIG2 embeds it (ITU-T T.88, 6.2.6): black is 1, an end-of-block code may follow the rows. Returns
/// how many bytes all that took; other data comes next. Errors: as above.
Result<std::size_t> decode_mmr(ByteView bytes, int columns, int rows, const CancelFlag* cancel,
                               const CcittRowSink& sink);

}  // namespace ode::images
