// CCITT fax and JBIG2 (ISO 32000-2, 7.4.6 and 7.4.7) as rows of an image, in the sizes and colours of PDF.
#include <algorithm>

#include "engine/base/limits.h"
#include "engine/images/ccitt/ccitt.h"
#include "engine/images/jbig2/jbig2.h"
#include "engine/pdf/images/data.h"

namespace ode::pdf {
namespace {

Result<BilevelRows> paper(const ImageData& data, int columns, std::uint8_t white) {
  BilevelRows out;
  const int widest = std::max(columns, data.width);
  out.stride_bytes = (static_cast<std::size_t>(widest) + 7) / 8;
  const std::size_t size = out.stride_bytes * static_cast<std::size_t>(data.height);
  if (size > kImageBytesMax) return Error{ErrorKind::limit_exceeded, "fax image too large"};
  out.bits.assign(size, white);
  return out;
}

Result<BilevelRows> decode_ccitt(const ImageData& data, ByteView bytes, const CancelFlag* cancel) {
  images::CcittOptions options;
  options.k = data.ccitt.k;
  options.byte_align = data.ccitt.byte_align;
  options.end_of_block = data.ccitt.end_of_block;
  options.black_is_1 = data.ccitt.black_is_1;
  options.columns = data.ccitt.columns;
  options.rows = data.height;
  BilevelRows out = ODE_TRY(paper(data, options.columns, options.black_is_1 ? 0x00 : 0xff));
  const std::size_t coded = (static_cast<std::size_t>(options.columns) + 7) / 8;
  ODE_TRY(images::decode_ccitt(bytes, options, cancel, [&out, coded](int y, const std::uint8_t* row) {
    std::copy_n(row, coded, out.bits.data() + out.stride_bytes * static_cast<std::size_t>(y));
  }));
  return out;
}

Result<BilevelRows> decode_jbig2(const ImageData& data, ByteView bytes, const CancelFlag* cancel) {
  const std::int64_t pixels_max = kJbig2PixelsBase + kJbig2PixelsEach * data.width * data.height;
  const images::Jbig2Page page =
      ODE_TRY(images::decode_jbig2(bytes, data.jbig2_globals.view(), pixels_max, cancel));
  BilevelRows out = ODE_TRY(paper(data, page.width, 0xff));
  const std::size_t rows = static_cast<std::size_t>(std::min(page.height, data.height));
  for (std::size_t y = 0; y < rows; ++y) {
    const std::uint8_t* from = page.bits.data() + page.stride_bytes * y;
    // ISO 32000-2, 7.4.7: black pixels, ones, become zeros.
    std::transform(from, from + page.stride_bytes, out.bits.data() + out.stride_bytes * y,
                   [](std::uint8_t byte) { return static_cast<std::uint8_t>(~byte); });
  }
  return out;
}

}  // namespace

Result<BilevelRows> decode_bilevel(const ImageData& data, const CancelFlag* cancel) {
  const SharedBytes bytes = ODE_TRY(data.bytes.read());
  return data.codec == Codec::ccitt ? decode_ccitt(data, bytes.view(), cancel)
                                    : decode_jbig2(data, bytes.view(), cancel);
}

}  // namespace ode::pdf
