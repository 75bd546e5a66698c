// A DEFLATE encoder (RFC 1951) made for filtered rows of page images: long runs, rows like the one above, the same
// glyph again, and noise. It looks in three places for a match (the pixel before, the row above, the latest place with
// the same few bytes), takes the longest at once, and writes dynamic Huffman blocks.
//
// Against libdeflate level 1, interleaved, medians of CPU time: on ten real pages (text, drawings, pictures) 2.5 to 7.3
// times faster at 0.99 to 1.18 times the size; on a bilevel scan of 4500 x 4500 pixels 14 times faster but 2.1 times
// the size, since matches are taken at once and long patterns are met only by chance. encode/png_bench.cpp compares
// the two on a made-up page whose glyphs repeat exactly, where libdeflate's files are smaller too.
#pragma once

#include <bitset>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/bytes.h"

namespace ode::images {

/// Its scratch memory is reused from call to call. One thread at a time.
class RowDeflater {
 public:
  RowDeflater();
  ~RowDeflater();
  RowDeflater(const RowDeflater&) = delete;
  RowDeflater& operator=(const RowDeflater&) = delete;

  /// Appends to `out` non-final blocks that hold `data`, ending on a byte boundary (with an empty stored
  /// block), so that such pieces can follow each other. Matches never reach before `data`. `pixel_bytes` is
  /// 1, 3 or 4; `row_bytes` (filter byte included) is the distance of the row above.
  void compress(ByteView data, std::size_t pixel_bytes, std::size_t row_bytes, ByteVector& out);

  /// Byte values that occur in what was compressed since forget_values(); a few more at most. (A value that
  /// occurs is a literal at its first place, so this costs nothing.)
  const std::bitset<256>& values() const;
  void forget_values();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The empty final block that ends a DEFLATE stream of such pieces.
inline constexpr std::uint8_t kDeflateEnd[] = {0x01, 0x00, 0x00, 0xff, 0xff};

}  // namespace ode::images
