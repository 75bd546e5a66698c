// CCITT fax and JBIG2 (ISO 32000-2, 7.4.6 and 7.4.7) through poppler's decoders, over streams in memory of
// our own: made, read and thrown away here, so any thread may do it.
#include <Object.h>
#include <Stream.h>

#include <algorithm>
#include <memory>

#include "engine/base/limits.h"
#include "engine/images/decode_ccitt.h"
#include "engine/pdf/image_data.h"
#include "engine/pdf/jbig2_segments.h"

namespace ode::pdf {
namespace {

Object memory_stream(ByteView bytes, Object dict) {
  return Object(static_cast<Stream*>(
      new MemStream(as_chars(bytes).data(), 0, static_cast<Goffset>(bytes.size()), std::move(dict))));
}

Object jbig2_dict(ByteView globals) {
  auto* dict = new Dict(static_cast<XRef*>(nullptr));
  if (!globals.empty())
    dict->add("JBIG2Globals", memory_stream(globals, Object(new Dict(static_cast<XRef*>(nullptr)))));
  return Object(dict);
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
  Jbig2Budget budget;
  const Jbig2Survey globals = ODE_TRY(survey_jbig2(data.jbig2_globals.view(), budget));
  const Jbig2Survey survey = ODE_TRY(survey_jbig2(bytes, budget));
  const int columns = survey.page_width > 0 ? survey.page_width : data.width;
  BilevelRows out = ODE_TRY(paper(data, columns, 0xff));
  auto* dict = new Dict(static_cast<XRef*>(nullptr));
  const Object holder(dict);
  dict->add("Filter", Object(objName, "JBIG2Decode"));
  dict->add("DecodeParms", jbig2_dict(globals.bytes));
  // addFilters takes the stream over; what it returns owns everything below.
  auto* memory = new MemStream(as_chars(survey.bytes).data(), 0, static_cast<Goffset>(survey.bytes.size()),
                               holder.copy());
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
