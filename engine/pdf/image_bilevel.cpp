// CCITT fax and JBIG2 (ISO 32000-2, 7.4.6 and 7.4.7) through poppler's decoders, over streams in memory of
// our own: made, read and thrown away here, so any thread may do it.
#include <Object.h>
#include <Stream.h>

#include <algorithm>
#include <memory>

#include "engine/pdf/image_data.h"

namespace ode::pdf {
namespace {

Object memory_stream(ByteView bytes, Object dict) {
  return Object(static_cast<Stream*>(
      new MemStream(as_chars(bytes).data(), 0, static_cast<Goffset>(bytes.size()), std::move(dict))));
}

Object ccitt_dict(const CcittParms& parms) {
  auto* dict = new Dict(static_cast<XRef*>(nullptr));
  dict->add("K", Object(parms.k));
  dict->add("EndOfLine", Object(parms.end_of_line));
  dict->add("EncodedByteAlign", Object(parms.byte_align));
  dict->add("Columns", Object(parms.columns));
  dict->add("Rows", Object(parms.rows));
  dict->add("EndOfBlock", Object(parms.end_of_block));
  dict->add("BlackIs1", Object(parms.black_is_1));
  return Object(dict);
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

}  // namespace

Result<BilevelRows> decode_bilevel(const ImageData& data, const CancelFlag* cancel) {
  const SharedBytes bytes = ODE_TRY(data.bytes.read());
  const bool ccitt = data.codec == Codec::ccitt;
  const int columns = ccitt ? data.ccitt.columns : jbig2_page_width(bytes.view(), data.width);
  auto* dict = new Dict(static_cast<XRef*>(nullptr));
  const Object holder(dict);
  dict->add("Filter", Object(objName, ccitt ? "CCITTFaxDecode" : "JBIG2Decode"));
  dict->add("DecodeParms", ccitt ? ccitt_dict(data.ccitt) : jbig2_dict(data.jbig2_globals));

  // addFilters takes the stream over; what it returns owns everything below.
  auto* memory =
      new MemStream(as_chars(bytes.view()).data(), 0, static_cast<Goffset>(bytes.size()), holder.copy());
  const std::unique_ptr<Stream> stream(memory->addFilters(dict));
  stream->reset();

  const std::size_t coded = (static_cast<std::size_t>(columns) + 7) / 8;
  BilevelRows out;
  out.stride_bytes = std::max(coded, (static_cast<std::size_t>(data.width) + 7) / 8);
  const std::uint8_t paper = ccitt && data.ccitt.black_is_1 ? 0x00 : 0xff;
  out.bits.assign(out.stride_bytes * static_cast<std::size_t>(data.height), paper);
  bool any = false;
  for (int y = 0; y < data.height; ++y) {
    if ((y & 63) == 0 && is_cancelled(cancel)) return Error{ErrorKind::cancelled, "cancelled"};
    std::uint8_t* row = out.bits.data() + out.stride_bytes * static_cast<std::size_t>(y);
    const int got = stream->doGetChars(static_cast<int>(coded), row);
    any = any || got > 0;
    if (got < static_cast<int>(coded)) break;
  }
  stream->close();
  if (!any) return Error{ErrorKind::malformed, ccitt ? "damaged CCITT fax data" : "damaged JBIG2 data"};
  return out;
}

}  // namespace ode::pdf
