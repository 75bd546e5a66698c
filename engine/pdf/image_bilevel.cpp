// CCITT fax and JBIG2 (ISO 32000-2, 7.4.6 and 7.4.7) through poppler's decoders, over streams in memory of
// our own: made, read and thrown away here, so any thread may do it.
#include <Object.h>
#include <Stream.h>

#include <algorithm>
#include <memory>

#include "engine/images/decode_ccitt.h"
#include "engine/pdf/image_data.h"

namespace ode::pdf {
namespace {

Object memory_stream(ByteView bytes, Object dict) {
  return Object(static_cast<Stream*>(
      new MemStream(as_chars(bytes).data(), 0, static_cast<Goffset>(bytes.size()), std::move(dict))));
}

Object jbig2_dict(const SharedBytes& globals) {
  auto* dict = new Dict(static_cast<XRef*>(nullptr));
  if (!globals.empty())
    dict->add("JBIG2Globals", memory_stream(globals.view(), Object(new Dict(static_cast<XRef*>(nullptr)))));
  return Object(dict);
}

std::uint32_t big_endian(const std::uint8_t* p) {
  return static_cast<std::uint32_t>(p[0]) << 24 | static_cast<std::uint32_t>(p[1]) << 16 |
         static_cast<std::uint32_t>(p[2]) << 8 | p[3];
}

/// Width of the page in a JBIG2 page information segment (ITU-T T.88, 7.2 and 7.4.8), which sets the length
/// of the decoder's rows; `fallback` when there is none.
int jbig2_page_width(ByteView bytes, int fallback) {
  constexpr std::uint8_t kPageInformation = 48;
  const std::uint8_t* p = as_u8(bytes.data());
  std::size_t left = bytes.size();
  while (left >= 11) {
    const std::uint32_t number = big_endian(p);
    const std::uint8_t flags = p[4];
    std::uint32_t references = p[5] >> 5;
    std::size_t at = 6;
    if (references == 7) {
      references = big_endian(p + 5) & 0x1fffffff;
      at = 9 + (std::size_t{references} + 8) / 8;
    }
    at += std::size_t{references} * (number <= 256     ? 1
                                     : number <= 65536 ? 2
                                                       : 4) +
          ((flags & 0x40) != 0 ? 4 : 1);
    if (at + 4 > left) break;
    const std::uint32_t length = big_endian(p + at);
    at += 4;
    if ((flags & 63) == kPageInformation && at + 4 <= left) {
      const std::uint32_t width = big_endian(p + at);
      return width >= 1 && width <= 1U << 20 ? static_cast<int>(width) : fallback;
    }
    if (length > left - at) break;
    p += at + length;
    left -= at + length;
  }
  return fallback;
}

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
  const int columns = jbig2_page_width(bytes, data.width);
  BilevelRows out = ODE_TRY(paper(data, columns, 0xff));
  auto* dict = new Dict(static_cast<XRef*>(nullptr));
  const Object holder(dict);
  dict->add("Filter", Object(objName, "JBIG2Decode"));
  dict->add("DecodeParms", jbig2_dict(data.jbig2_globals));
  // addFilters takes the stream over; what it returns owns everything below.
  auto* memory = new MemStream(as_chars(bytes).data(), 0, static_cast<Goffset>(bytes.size()), holder.copy());
  const std::unique_ptr<Stream> stream(memory->addFilters(dict));
  stream->reset();
  const int coded = (columns + 7) / 8;
  bool any = false;
  for (int y = 0; y < data.height; ++y) {
    if ((y & 63) == 0 && is_cancelled(cancel)) return Error{ErrorKind::cancelled, "cancelled"};
    const int got =
        stream->doGetChars(coded, out.bits.data() + out.stride_bytes * static_cast<std::size_t>(y));
    any = any || got > 0;
    if (got < coded) break;
  }
  stream->close();
  if (!any) return Error{ErrorKind::malformed, "damaged JBIG2 data"};
  return out;
}

}  // namespace

Result<BilevelRows> decode_bilevel(const ImageData& data, const CancelFlag* cancel) {
  const SharedBytes bytes = ODE_TRY(data.bytes.read());
  return data.codec == Codec::ccitt ? decode_ccitt(data, bytes.view(), cancel)
                                    : decode_jbig2(data, bytes.view(), cancel);
}

}  // namespace ode::pdf
