// Stream filters: the first byte picks the decoder, the next its parameters, the rest is data.
#include <cstdint>

#include "engine/pdf/filters/filters.h"

namespace {
constexpr std::size_t kBytesMax = std::size_t{1} << 22;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 6) return 0;
  const ode::ByteView in{reinterpret_cast<const std::byte*>(data) + 6, size - 6};
  auto decoded = [&]() -> ode::Result<ode::pdf::Decoded> {
    switch (data[0] % 5) {
      case 0:
        return ode::pdf::decode_flate(in, kBytesMax);
      case 1:
        return ode::pdf::decode_lzw(in, data[1] & 1, kBytesMax);
      case 2:
        return ode::pdf::decode_run_length(in, kBytesMax);
      case 3:
        return ode::pdf::decode_ascii85(in, kBytesMax);
      default:
        return ode::pdf::decode_ascii_hex(in, kBytesMax);
    }
  }();
  if (!decoded) return 0;
  ode::pdf::PredictorParms parms;
  parms.predictor = data[2];
  parms.colors = data[3];
  parms.bits_per_component = data[4];
  parms.columns = data[5] * 3;
  (void)ode::pdf::undo_predictor(decoded->bytes, parms);
  return 0;
}
