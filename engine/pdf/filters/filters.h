// Filters: the byte codecs of ISO 32000-2, 7.4, on contiguous memory. Pure; no PDF object is seen here.
// stream_bytes reads the dictionaries and calls these.
#pragma once

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/pdf/filters/byte_buffer.h"

namespace ode::pdf {

/// What a filter gave. `complete` is false when the data was damaged: then `bytes` is what could be saved.
struct Decoded {
  ByteBuffer bytes;
  bool complete = true;
};

// Each fails with limit_exceeded when the output would pass `bytes_max`, and with nothing else.

/// 7.4.4. Checksums are not looked at; a missing header and a missing end are survived.
Result<Decoded> decode_flate(ByteView in, std::size_t bytes_max);
/// 7.4.4. `early_change` is 0 or 1 (the default).
Result<Decoded> decode_lzw(ByteView in, int early_change, std::size_t bytes_max);
/// 7.4.5.
Result<Decoded> decode_run_length(ByteView in, std::size_t bytes_max);
/// 7.4.3.
Result<Decoded> decode_ascii85(ByteView in, std::size_t bytes_max);
/// 7.4.2.
Result<Decoded> decode_ascii_hex(ByteView in, std::size_t bytes_max);

/// Table 8.
struct PredictorParms {
  int predictor = 1;
  int colors = 1;
  int bits_per_component = 8;
  int columns = 1;
};

/// Undoes a TIFF (2) or PNG (10 and above) predictor in place. False when the parameters make no sense: the
/// bytes are then left as they are.
bool undo_predictor(ByteBuffer& bytes, const PredictorParms& parms);

}  // namespace ode::pdf
