// Stream bytes: the filters of a stream undone on contiguous memory. Flate goes through libdeflate, LZW, RunLength,
// ASCII85, ASCIIHex and predictors through our own decoders; decryption stays poppler's.
#pragma once

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// The image filter a chain ends in; `none` when all filters are undone.
enum class Codec : std::uint8_t { none, dct, jpx, jbig2, ccitt };

struct StreamBytes {
  SharedBytes bytes;            ///< encoded by `codec`
  Codec codec = Codec::none;
  Object parms;                 ///< /DecodeParms of that codec: a dictionary or null
};

/// `stream` is a stream object. An uncompressed, unencrypted stream is a view into the file.
/// A damaged stream gives what could be decoded and a diagnostic.
/// Errors: malformed (nothing usable), limit_exceeded (kFilterChainMax, kStreamBytesMax, the page's budget).
Result<StreamBytes> read_stream(Context& context, const Object& stream, int object_number = 0);

/// The same for `raw` bytes that a dictionary describes (inline images; keys may be abbreviated).
Result<StreamBytes> decode_filters(Context& context, SharedBytes raw, Dict& dict, int object_number = 0);

/// read_stream for streams that are no images. Errors: also unsupported, when an image filter is in the chain.
Result<SharedBytes> read_all(Context& context, const Object& stream, int object_number = 0);

}  // namespace ode::pdf
